package io.walletsync.core.access;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells the audit trail of refused requests without letting an attacker fill it: per minute,
 * address and claimed key the first five one by one, the rest as one entry with their number.
 */
public final class FailedAuthentications {
  private static final int ONE_BY_ONE = 5;
  private static final int MOST_SOURCES = 1_000;
  private static final int MOST_UNWRITTEN = 5_000;
  private static final int LONGEST_NAME = 64;

  private final Auditor auditor;
  private final Transactions transactions;
  private final InstantSource clock;

  private final Map<Source, Count> counts = new HashMap<>();
  private final List<AuditEntry> unwritten = new ArrayList<>();
  private Instant minute = Instant.EPOCH;

  public FailedAuthentications(Auditor auditor, Transactions transactions, InstantSource clock) {
    this.auditor = auditor;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Writes the counted entries of minutes that are over; to be called now and then. */
  public void tick() {
    closeMinute(false);
    write();
  }

  /** Writes everything that is still only counted; to be called before the process ends. */
  public void flush() {
    closeMinute(true);
    write();
  }

  /** For a use case that claims nonces itself: the caller's had been used before. */
  public void nonceReused(Caller caller) {
    record(caller, Flaw.NONCE_REUSED);
  }

  /** Of a caller whose signature was right. */
  void record(Caller caller, Flaw flaw) {
    record(new Failure(caller.actor(), caller.apiKey(), caller.keyId(), flaw));
  }

  /** Of somebody who did not prove to be anyone. */
  void record(
      SignedRequest request, Flaw flaw, @Nullable String claimedKeyId, @Nullable ApiKey key) {
    var claimed = claimedKeyId == null ? null : printable(claimedKeyId);
    var actor =
        new Actor(
            Actor.Kind.UNKNOWN,
            Actor.NOBODY,
            claimed == null ? "unknown" : claimed,
            request.address(),
            request.requestId());
    record(new Failure(actor, key == null ? Actor.NOBODY : key.id(), claimed, flaw));
  }

  private void record(Failure failure) {
    closeMinute(false);
    synchronized (this) {
      var source = new Source(failure.actor.address(), failure.claimedKeyId);
      if (!counts.containsKey(source) && counts.size() >= MOST_SOURCES) {
        source = Source.ALL_OTHERS;
      }
      var count = counts.computeIfAbsent(source, _ -> new Count());
      if (!source.equals(Source.ALL_OTHERS) && count.seen < ONE_BY_ONE) {
        count.seen++;
        unwritten.add(entry(failure, 0));
      } else {
        count.more++;
        count.last = failure;
      }
    }
    write();
  }

  private synchronized void closeMinute(boolean early) {
    var current = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    if (current.equals(minute) && !early) {
      return;
    }
    for (var counted : counts.entrySet()) {
      var count = counted.getValue();
      if (count.last != null && unwritten.size() < MOST_UNWRITTEN) {
        var failure =
            counted.getKey().equals(Source.ALL_OTHERS) ? anonymous(count.last) : count.last;
        unwritten.add(entry(failure, count.more));
      }
      count.more = 0;
      count.last = null;
    }
    if (!current.equals(minute)) {
      counts.clear();
      minute = current;
    }
  }

  private void write() {
    List<AuditEntry> batch;
    synchronized (this) {
      batch = List.copyOf(unwritten);
      unwritten.clear();
    }
    if (batch.isEmpty()) {
      return;
    }
    try {
      transactions.inTransaction(
          () -> {
            auditor.append(batch);
            return batch.size();
          });
    } catch (RuntimeException e) {
      keep(batch);
      throw e;
    }
  }

  private synchronized void keep(List<AuditEntry> batch) {
    var room = Math.max(0, MOST_UNWRITTEN - unwritten.size());
    unwritten.addAll(batch.subList(0, Math.min(batch.size(), room)));
  }

  /** Stands for many callers, so it names none of them. */
  private static Failure anonymous(Failure failure) {
    var actor = new Actor(Actor.Kind.UNKNOWN, Actor.NOBODY, "many", null, null);
    return new Failure(actor, Actor.NOBODY, null, failure.flaw);
  }

  private AuditEntry entry(Failure failure, long count) {
    var details =
        AuditEntry.facts("claimed_key", failure.claimedKeyId, "reason", failure.flaw.code());
    if (count > 0) {
      details.put("count", Long.toString(count));
    }
    return auditor.entry(
        failure.actor, "authenticate", "api_key", failure.subject, null, "refused", details);
  }

  private static String printable(String text) {
    var printable = new StringBuilder();
    text.chars()
        .limit(LONGEST_NAME)
        .forEach(c -> printable.append(c >= ' ' && c <= '~' ? (char) c : '?'));
    return printable.toString();
  }

  private record Failure(Actor actor, UUID subject, @Nullable String claimedKeyId, Flaw flaw) {}

  private record Source(@Nullable String address, @Nullable String claimedKeyId) {
    static final Source ALL_OTHERS = new Source("*", "*");
  }

  private static final class Count {
    private int seen;
    private long more;
    private @Nullable Failure last;
  }
}
