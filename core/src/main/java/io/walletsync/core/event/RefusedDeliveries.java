package io.walletsync.core.event;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts refused deliveries by minute, address and claimed connection, so that a forger is neither
 * heard without end nor able to fill the audit trail: that gets one entry a minute for each source.
 * A fixed number of sources is told apart; the others are counted together and never limited, or
 * somebody with many made-up connections could shut out the real ones.
 */
public final class RefusedDeliveries {
  static final int MOST_A_MINUTE = 60;
  private static final int MOST_SOURCES = 1_000;
  private static final int MOST_UNWRITTEN = 5_000;
  private static final int LONGEST_NAME = 36;
  private static final Source ALL_OTHERS = new Source("*", "*");

  private final Auditor auditor;
  private final Transactions transactions;
  private final InstantSource clock;
  private final AtomicReference<Minute> current = new AtomicReference<>(Minute.of(Instant.EPOCH));
  private final ConcurrentLinkedQueue<AuditEntry> unwritten = new ConcurrentLinkedQueue<>();

  public RefusedDeliveries(Auditor auditor, Transactions transactions, InstantSource clock) {
    this.auditor = auditor;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** How long this source has to wait; empty where it may go on. */
  Optional<Duration> wait(Source source) {
    var now = clock.instant();
    var minute = minute(now);
    var count = minute.counts().get(source);
    return count == null || count.get() < MOST_A_MINUTE
        ? Optional.empty()
        : Optional.of(Duration.between(now, minute.start().plus(1, ChronoUnit.MINUTES)));
  }

  void add(Source source) {
    var counts = minute(clock.instant()).counts();
    var counted = counts.containsKey(source) || counts.size() < MOST_SOURCES ? source : ALL_OTHERS;
    counts.computeIfAbsent(counted, _ -> new AtomicLong()).incrementAndGet();
  }

  /** Writes the counts of minutes that are over; to be called now and then. */
  public void tick() {
    minute(clock.instant());
    write();
  }

  /** Writes everything that is still only counted; to be called before the process ends. */
  public void flush() {
    close(current.getAndSet(Minute.of(Instant.EPOCH)));
    write();
  }

  private Minute minute(Instant now) {
    var start = now.truncatedTo(ChronoUnit.MINUTES);
    var minute = current.get();
    if (!minute.start().equals(start)) {
      var next = Minute.of(start);
      if (current.compareAndSet(minute, next)) {
        close(minute);
        return next;
      }
      return current.get();
    }
    return minute;
  }

  private void close(Minute minute) {
    minute.counts().forEach((source, count) -> keep(entry(source, count.get())));
  }

  private void keep(AuditEntry entry) {
    if (unwritten.size() < MOST_UNWRITTEN) {
      unwritten.add(entry);
    }
  }

  private void write() {
    for (var entry = unwritten.peek(); entry != null; entry = unwritten.peek()) {
      var oldest = entry;
      transactions.inTransaction(
          () -> {
            auditor.append(oldest);
            return oldest;
          });
      unwritten.remove(oldest);
    }
  }

  private AuditEntry entry(Source source, long count) {
    var isOne = !source.equals(ALL_OTHERS);
    return auditor.entry(
        new Actor(
            Actor.Kind.UNKNOWN,
            Actor.NOBODY,
            isOne ? "unknown" : "many",
            isOne ? source.address() : null,
            null),
        "receive_provider_event",
        "connection",
        source.claimed().orElse(Actor.NOBODY),
        null,
        "refused",
        AuditEntry.facts("claimed_connection", source.connection(), "count", Long.toString(count)));
  }

  private record Minute(Instant start, Map<Source, AtomicLong> counts) {
    static Minute of(Instant start) {
      return new Minute(start, new ConcurrentHashMap<>());
    }
  }

  /** Where a delivery came from, and for which connection, whether there is one or not. */
  record Source(String address, String connection) {
    Source {
      connection = printable(connection);
    }

    Optional<UUID> claimed() {
      return ReceiveProviderEvent.uuid(connection);
    }

    private static String printable(String text) {
      var printable = new StringBuilder();
      text.chars()
          .limit(LONGEST_NAME)
          .forEach(c -> printable.append(c >= ' ' && c <= '~' ? (char) c : '?'));
      return printable.toString();
    }
  }
}
