package io.walletsync.server.provider.simulator.paystack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class LedgerProperties {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T08:00:00Z"));

  @Property
  void everyRowFollowsFromTheOneBeforeIt(
      @ForAll long seed,
      @ForAll @LongRange(max = 10_000_000) long naira,
      @ForAll @LongRange(max = 10_000_000) long cedi,
      @ForAll @IntRange(max = 300) int moves) {
    var integration = open(Map.of("NGN", naira, "GHS", cedi));
    var random = random(seed);
    for (int i = 0; i < moves; i++) {
      integration.moveAtRandom(random);
    }

    var ledger = integration.ledger();
    integration.balances().forEach((currency, balance) -> checkChain(ledger, currency, balance));
    assertThat(ledger.reversed()).extracting(LedgerEntry::id).isSorted().doesNotHaveDuplicates();
    assertThat(ledger.reversed()).extracting(LedgerEntry::at).isSorted();
  }

  @Property
  void aMovementIsNeverNothingAndNeverTakesMoreThanIsThere(
      @ForAll long seed, @ForAll @LongRange(max = Long.MAX_VALUE) long balance) {
    var movement = Movement.random(balance, random(seed));

    assertThat(movement.difference()).isNotZero().isBetween(-500_000L, 500_000L);
    assertThat(Math.addExact(balance, movement.difference())).isNotNegative();
  }

  @Property(tries = 200)
  void aRefusedMovementChangesNothing(@ForAll @LongRange(max = 1_000_000) long balance) {
    var integration = open(Map.of("NGN", balance));
    var before = integration.ledger();

    assertThatThrownBy(() -> integration.move("NGN", -balance - 1, "Transfer"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> integration.move("KES", 1, "Transaction"))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(integration.balances()).containsExactly(Map.entry("NGN", balance));
    assertThat(integration.ledger()).isEqualTo(before);
  }

  @Property(tries = 5)
  void onlyTheNewestThousandRowsAreKept(@ForAll long seed) {
    var integration = open(Map.of("NGN", 5L));
    var random = random(seed);
    for (int i = 0; i < 2500; i++) {
      integration.moveAtRandom(random);
    }

    var ledger = integration.ledger();
    assertThat(ledger).hasSize(1000);
    assertThat(ledger.getFirst().balance()).isEqualTo(integration.balances().get("NGN"));
  }

  /** Walks back from the balance, newest row first, down to the nothing it began with. */
  private static void checkChain(List<LedgerEntry> newestFirst, String currency, long balance) {
    long expected = balance;
    for (var row : newestFirst) {
      if (row.currency().equals(currency)) {
        assertThat(row.balance()).isEqualTo(expected).isNotNegative();
        expected = row.balance() - row.difference();
      }
    }
    assertThat(expected).isZero();
  }

  private static Integration open(Map<String, Long> opening) {
    return new Integration(new LinkedHashMap<>(opening), new AtomicLong(CLOCK.millis()), CLOCK);
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
