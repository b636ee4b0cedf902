package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.QuarantinedReading.End;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link QuarantinedReadings} keeps: each doubt until it is settled. */
public interface QuarantinedReadingsContract extends RegistryPorts {
  QuarantinedReadings quarantine();

  BalanceSnapshots snapshots();

  @Test
  default void keepsAReadingAsItIsWithAllThatIsUnknown() {
    var wallet = registered();
    var full = reading(wallet, 1);
    var bare =
        new QuarantinedReading(
            Examples.id(),
            registered().id(),
            wallet.connectionId(),
            wallet.provider(),
            Strangeness.SUDDEN_ZERO,
            Examples.balance("0"),
            null,
            null,
            Examples.MORNING,
            Examples.MORNING,
            Source.API,
            Metadata.NONE,
            7,
            Examples.MORNING,
            Examples.MORNING,
            null);

    save(full, bare);

    assertThat(quarantine().find(full.readingId(), Visibility.ALL)).contains(full);
    assertThat(quarantine().find(bare.readingId(), Visibility.ALL)).contains(bare);
  }

  @Test
  default void theOpenOneComesWithItsWallet() {
    var wallet = registered();
    assertThat(doubt(wallet)).isEmpty();
    var reading = reading(wallet, 1);

    save(reading);

    assertThat(doubt(wallet)).contains(reading);
    assertThat(lockedDoubt(wallet)).contains(reading);
  }

  @Test
  default void aSettledOneLeavesItsWalletAndStays() {
    var wallet = registered();
    var reading = reading(wallet, 1);
    save(reading);
    var settled = settled(reading, End.REJECTED);

    save(settled);

    assertThat(doubt(wallet)).isEmpty();
    assertThat(lockedDoubt(wallet)).isEmpty();
    assertThat(quarantine().find(reading.readingId(), Visibility.ALL)).contains(settled);
  }

  @Test
  default void oneTakesThePlaceOfAnotherInWhateverOrderTheyAreGiven() {
    for (var openFirst : List.of(true, false)) {
      var wallet = registered();
      var first = reading(wallet, 1);
      save(first);
      var second = reading(wallet, 1);
      var replaced = settled(first, End.REPLACED);

      save(openFirst ? List.of(second, replaced) : List.of(replaced, second));

      assertThat(doubt(wallet)).contains(second);
      assertThat(quarantine().find(first.readingId(), Visibility.ALL)).contains(replaced);
    }
  }

  @Test
  default void oneThatIsSeenAgainIsTheSameOne() {
    var wallet = registered();
    var reading = reading(wallet, 1);
    save(reading);
    var again = reading(wallet, reading.readingId(), 2, Examples.MORNING.plusSeconds(60));

    save(again);

    assertThat(doubt(wallet)).contains(again);
  }

  @Test
  default void aSettledOneThatIsNewDisturbsNothing() {
    var wallet = registered();
    var kept = settled(reading(wallet, 1), End.CONTRADICTED);

    save(kept);

    assertThat(doubt(wallet)).isEmpty();
    assertThat(quarantine().find(kept.readingId(), Visibility.ALL)).contains(kept);
  }

  @Test
  default void twoOpenOnesOfAWalletAreRefused() {
    var wallet = registered();
    save(reading(wallet, 1));

    assertThatThrownBy(() -> save(reading(wallet, 1))).isInstanceOf(RuntimeException.class);
  }

  @Test
  default void whatIsRolledBackWasNeverThere() {
    var wallet = registered();
    var reading = reading(wallet, 1);

    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          quarantine().save(List.of(reading));
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(quarantine().find(reading.readingId(), Visibility.ALL)).isEmpty();
    assertThat(doubt(wallet)).isEmpty();
  }

  @Test
  default void listsNewestFirstAndOnlyWhatIsAskedFor() {
    var wallet = registered();
    var other = registered();
    var first = reading(wallet, 1);
    save(first);
    var settled = settled(first, End.AGREED);
    save(settled);
    var second = reading(wallet, 1);
    save(second);
    var elsewhere = reading(other, 1);
    save(elsewhere);

    assertThat(page(wallet.id(), null, null, 10)).containsExactly(second, settled);
    assertThat(page(wallet.id(), true, null, 10)).containsExactly(second);
    assertThat(page(wallet.id(), false, null, 10)).containsExactly(settled);
    assertThat(page(wallet.id(), null, second.readingId(), 10)).containsExactly(settled);
    assertThat(page(wallet.id(), null, null, 1)).containsExactly(second);
    assertThat(
            quarantine()
                .page(
                    new QuarantinedReadings.Query(
                        Visibility.ALL, null, other.connectionId(), null, null, 10))
                .items())
        .containsExactly(elsewhere);
    assertThat(
            quarantine()
                .page(
                    new QuarantinedReadings.Query(Visibility.ALL, wallet.id(), null, null, null, 1))
                .hasMore())
        .isTrue();
  }

  @Test
  default void hidesWhatACallerMayNotSee() {
    var wallet = registered();
    var reading = reading(wallet, 1);
    save(reading);
    var hidden = new Visibility(Set.of(UUID.randomUUID()));
    var seen = new Visibility(Set.of(wallet.connectionId().value()));

    assertThat(quarantine().find(reading.readingId(), hidden)).isEmpty();
    assertThat(quarantine().find(reading.readingId(), seen)).contains(reading);
    assertThat(
            quarantine()
                .page(new QuarantinedReadings.Query(hidden, null, null, null, null, 10))
                .items())
        .isEmpty();
    assertThat(
            quarantine()
                .page(new QuarantinedReadings.Query(seen, null, null, null, null, 10))
                .items())
        .containsExactly(reading);
  }

  @Test
  default void countsTheOpenOnes() {
    var before = quarantine().countOpen();
    var reading = reading(registered(), 1);

    save(reading);
    assertThat(quarantine().countOpen()).isEqualTo(before + 1);

    save(settled(reading, End.RELEASED));
    assertThat(quarantine().countOpen()).isEqualTo(before);
  }

  private void save(QuarantinedReading... readings) {
    save(Arrays.asList(readings));
  }

  private void save(List<QuarantinedReading> readings) {
    transactions()
        .inTransaction(
            () -> {
              quarantine().save(new ArrayList<>(readings));
              return readings;
            });
  }

  private Optional<QuarantinedReading> doubt(Wallet wallet) {
    return snapshots().latest(wallet.id(), Visibility.ALL).orElseThrow().doubt();
  }

  private Optional<QuarantinedReading> lockedDoubt(Wallet wallet) {
    return transactions()
        .inTransaction(() -> snapshots().lock(new LinkedHashSet<>(List.of(wallet.id()))))
        .byId()
        .values()
        .iterator()
        .next()
        .doubt();
  }

  private List<QuarantinedReading> page(
      WalletId wallet, @Nullable Boolean open, @Nullable UUID before, int limit) {
    return quarantine()
        .page(new QuarantinedReadings.Query(Visibility.ALL, wallet, null, open, before, limit))
        .items();
  }

  private static QuarantinedReading settled(QuarantinedReading reading, End end) {
    return reading.settled(end, Examples.MORNING.plusSeconds(3_600), "wsk_example", "why \"not\"");
  }

  private static QuarantinedReading reading(Wallet wallet, int times) {
    return reading(wallet, Examples.id(), times, Examples.MORNING.plusSeconds(1));
  }

  private static QuarantinedReading reading(Wallet wallet, UUID id, int times, Instant seen) {
    return new QuarantinedReading(
        id,
        wallet.id(),
        wallet.connectionId(),
        wallet.provider(),
        Strangeness.PARTS_DO_NOT_ADD_UP,
        new Balance(Examples.naira("100.01"), Examples.naira("150"), Examples.naira("20")),
        new ExternalBalanceId("row-7"),
        Examples.MORNING.minusSeconds(1),
        Examples.MORNING,
        Examples.MORNING.plusSeconds(1),
        Source.WEBHOOK,
        Examples.ODD_METADATA,
        times,
        seen,
        Examples.MORNING.plusSeconds(2),
        null);
  }
}
