package io.walletsync.server.provider.simulator.paystack;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * One business at the simulated provider. Balances and ledger change together, so that each read
 * sees one state, and every row's balance is the one before it plus its difference.
 */
final class Integration {
  private static final int ROWS_KEPT = 1000;

  private final AtomicLong ids;
  private final InstantSource clock;
  private final SequencedMap<String, Long> balances = new LinkedHashMap<>();
  private final ArrayDeque<LedgerEntry> newestFirst = new ArrayDeque<>();
  private Instant latest = Instant.MIN;

  Integration(Map<String, Long> openingSubunits, AtomicLong ids, InstantSource clock) {
    this.ids = ids;
    this.clock = clock;
    openingSubunits.forEach(
        (currency, opening) -> {
          balances.put(currency, 0L);
          if (opening != 0) {
            var _ = move(currency, opening, "Transaction");
          }
        });
  }

  synchronized LedgerEntry move(String currency, long difference, String model) {
    var before = balances.get(currency);
    if (before == null) {
      throw new IllegalArgumentException("the integration holds no " + currency);
    }
    long after = Math.addExact(before, difference);
    if (after < 0) {
      throw new IllegalArgumentException("a balance cannot fall below zero");
    }
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    latest = now.isAfter(latest) ? now : latest;
    var entry =
        new LedgerEntry(
            ids.incrementAndGet(),
            currency,
            difference,
            after,
            model,
            ids.incrementAndGet(),
            latest);
    newestFirst.addFirst(entry);
    balances.put(currency, after);
    if (newestFirst.size() > ROWS_KEPT) {
      newestFirst.removeLast();
    }
    return entry;
  }

  /** Empty where there is nothing that could move. */
  synchronized Optional<LedgerEntry> moveAtRandom(RandomGenerator random) {
    if (balances.isEmpty()) {
      return Optional.empty();
    }
    var currency = List.copyOf(balances.keySet()).get(random.nextInt(balances.size()));
    var movement = Movement.random(balances.getOrDefault(currency, 0L), random);
    return Optional.of(move(currency, movement.difference(), movement.model()));
  }

  synchronized Map<String, Long> balances() {
    return new LinkedHashMap<>(balances);
  }

  /** The rows that are kept, newest first. */
  synchronized List<LedgerEntry> ledger() {
    return List.copyOf(newestFirst);
  }
}
