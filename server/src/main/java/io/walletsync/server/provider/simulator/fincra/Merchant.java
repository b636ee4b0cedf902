package io.walletsync.server.provider.simulator.fincra;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Whoever holds an API key: a business or several, with their wallets. Wallets and log change
 * together, so that each read sees one state, and every row continues the one before it.
 */
final class Merchant {
  private static final int ROWS_KEPT = 1000;
  private static final long LARGEST_CENTS = 500_000;

  private final AtomicLong ids;
  private final InstantSource clock;
  private final Map<String, String> webhookSecrets = new HashMap<>();
  private final SequencedMap<Long, SimulatedWallet> wallets = new LinkedHashMap<>();
  private final ArrayDeque<LogEntry> newestFirst = new ArrayDeque<>();
  private Instant latest = Instant.MIN;

  Merchant(AtomicLong ids, InstantSource clock) {
    this.ids = ids;
    this.clock = clock;
  }

  synchronized void addBusiness(String business, String webhookSecret) {
    webhookSecrets.put(business, webhookSecret);
  }

  /** Empty where it is no business of this merchant. */
  synchronized Optional<String> webhookSecret(String business) {
    return Optional.ofNullable(webhookSecrets.get(business));
  }

  synchronized void addWallet(long id, String business, String currency) {
    if (!webhookSecrets.containsKey(business)) {
      throw new IllegalArgumentException("no such business");
    }
    var zero = BigDecimal.ZERO;
    var now = now();
    wallets.put(id, new SimulatedWallet(id, business, currency, zero, zero, now, now));
  }

  synchronized LogEntry move(long wallet, Cause cause, BigDecimal amount) {
    var before = wallets.get(wallet);
    if (before == null) {
      throw new IllegalArgumentException("no such wallet");
    }
    var after = before.after(cause, amount, now());
    long id = ids.incrementAndGet();
    var entry = new LogEntry(id, "ref-" + id, cause, amount, before, after);
    wallets.put(wallet, after);
    newestFirst.addFirst(entry);
    if (newestFirst.size() > ROWS_KEPT) {
      newestFirst.removeLast();
    }
    return entry;
  }

  /** Empty where there is nothing that could move. */
  synchronized Optional<LogEntry> moveAtRandom(RandomGenerator random) {
    if (wallets.isEmpty()) {
      return Optional.empty();
    }
    var wallet = List.copyOf(wallets.values()).get(random.nextInt(wallets.size()));
    var size = BigDecimal.valueOf(random.nextLong(1, LARGEST_CENTS + 1), 2);
    int dice = random.nextInt(10);
    if (wallet.locked().signum() > 0 && dice < 4) {
      var end = dice == 0 ? Cause.PAYOUT_FAILED : Cause.PAYOUT_DONE;
      return Optional.of(move(wallet.id(), end, wallet.locked().min(size)));
    }
    return Optional.of(
        wallet.available().signum() > 0 && dice < 7
            ? move(wallet.id(), Cause.PAYOUT_STARTED, wallet.available().min(size))
            : move(wallet.id(), Cause.COLLECTION, size));
  }

  synchronized List<SimulatedWallet> wallets() {
    return List.copyOf(wallets.values());
  }

  /** The rows that are kept, newest first. */
  synchronized List<LogEntry> log() {
    return List.copyOf(newestFirst);
  }

  /** To the second, as wallets tell the time, and never back. */
  private Instant now() {
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    latest = now.isAfter(latest) ? now : latest;
    return latest;
  }
}
