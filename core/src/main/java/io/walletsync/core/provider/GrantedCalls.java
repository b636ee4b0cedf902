package io.walletsync.core.provider;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.CallBudget.Period;
import io.walletsync.core.wallet.ConnectionId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The calls that this node may still send for one connection. They are taken in chunks, so that the
 * database is not asked about every call, and spent only while their window surely lasts.
 */
public final class GrantedCalls {
  /** The longer window first: a call of it is kept while the shorter one is waited for. */
  private static final List<Period> ORDER = List.of(Period.DAY, Period.SECOND);

  private static final int TRIES = 3;
  private static final Duration SLOW_DATABASE = Duration.ofMillis(50);

  private final ConnectionId connection;
  private final CallAllowances allowances;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Period, Held> held = new EnumMap<>(Period.class);

  public GrantedCalls(ConnectionId connection, CallAllowances allowances) {
    this.connection = connection;
    this.allowances = allowances;
  }

  /** What came of spending a call. */
  public sealed interface Outcome {
    /** One call may be sent, now. */
    record Granted() implements Outcome {}

    /** None is left in this window; the next one begins after the given time. */
    record Spent(Period period, Duration untilNext) implements Outcome {}
  }

  /**
   * Spends one call of the budget.
   *
   * @param patience how long others of this node may be waited for
   */
  public Outcome spend(CallBudget budget, Duration patience) throws InterruptedException {
    if (!lock.tryLock(Math.max(patience.toNanos(), 0), NANOSECONDS)) {
      return new Outcome.Spent(Period.SECOND, SLOW_DATABASE);
    }
    try {
      for (var i = 0; i < TRIES; i++) {
        var spent = hold(budget);
        if (spent != null) {
          return spent;
        }
        if (areAllGood(budget)) {
          return new Outcome.Granted();
        }
      }
      return new Outcome.Spent(Period.SECOND, SLOW_DATABASE);
    } finally {
      lock.unlock();
    }
  }

  /** Has a call of each window at hand, or says which has none left. */
  private Outcome.@Nullable Spent hold(CallBudget budget) {
    for (var period : ORDER) {
      var limit = budget.limit(period);
      if (limit != null) {
        var held = this.held.get(period);
        if (held == null || !held.countsFor(limit)) {
          held = take(period, limit);
        }
        if (held.calls == 0) {
          return new Outcome.Spent(period, held.untilNext());
        }
      }
    }
    return null;
  }

  /** Spends one of each, unless a window ended meanwhile. */
  private boolean areAllGood(CallBudget budget) {
    var limited = ORDER.stream().filter(period -> budget.limit(period) != null).toList();
    if (!limited.stream().map(held::get).allMatch(h -> h != null && h.isGood())) {
      return false;
    }
    limited.forEach(period -> held.computeIfPresent(period, (_, h) -> h.less()));
    return true;
  }

  private Held take(Period period, int limit) {
    var asked = System.nanoTime();
    var wanted = chunk(period, limit);
    var grant = allowances.take(connection, period, limit, wanted);
    var answered = System.nanoTime();
    var rest = Duration.between(grant.takenAt(), grant.windowEnd()).toNanos();
    // the database said its time somewhere between asking and answer: calls are good only while
    // the earliest end is ahead, and the next window has surely begun only after the latest
    var taken =
        new Held(limit, grant.calls(), grant.calls() < wanted, asked + rest, answered + rest);
    held.put(period, taken);
    return taken;
  }

  private static int chunk(Period period, int limit) {
    return Math.max(
        1,
        switch (period) {
          case SECOND -> limit / 8;
          case DAY -> limit / 200;
        });
  }

  /**
   * What was taken of one window.
   *
   * @param last whether the window had no more to give
   * @param goodUntil when the window ends at the earliest, by the monotonic clock
   * @param overAt when it has ended at the latest
   */
  private record Held(int limit, int calls, boolean last, long goodUntil, long overAt) {
    /** Whether there is nothing to ask for: calls are at hand, or none are to be had. */
    boolean countsFor(int newLimit) {
      return limit == newLimit && (calls > 0 ? isGood() : last && overAt - System.nanoTime() > 0);
    }

    boolean isGood() {
      return calls > 0 && goodUntil - System.nanoTime() > 0;
    }

    Duration untilNext() {
      return Duration.ofNanos(Math.max(overAt - System.nanoTime(), 0));
    }

    Held less() {
      return new Held(limit, calls - 1, last, goodUntil, overAt);
    }
  }
}
