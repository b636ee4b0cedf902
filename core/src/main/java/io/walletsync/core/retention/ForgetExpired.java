package io.walletsync.core.retention;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Forgets what is past its time in small batches, so that nobody waits for it, and for a bounded
 * time, so that a backlog of any size is worked off round by round.
 */
public final class ForgetExpired {
  static final int BATCH = 1_000;

  private final Map<Perishable, ExpiredRows> rows;
  private final RetentionObserver observer;
  private final Duration longest;

  /** Needs the rows of every kind; a round takes no longer than given, give or take a batch. */
  public ForgetExpired(
      Map<Perishable, ExpiredRows> rows, RetentionObserver observer, Duration longest) {
    this.rows = Map.copyOf(rows);
    this.observer = observer;
    this.longest = longest;
  }

  public Outcome forget(Command command) {
    try {
      var outcome = work(command);
      observer.ended(command.kind(), outcome);
      return outcome;
    } catch (RuntimeException e) {
      observer.broke(command.kind());
      throw e;
    }
  }

  private Outcome work(Command command) {
    var expired = Objects.requireNonNull(rows.get(command.kind()));
    var begun = System.nanoTime();
    var forgotten = 0L;
    while (true) {
      var some = expired.forget(BATCH);
      forgotten += some;
      observer.forgot(command.kind(), some);
      if (some < BATCH) {
        return new Outcome.Cleared(forgotten);
      }
      if (command.isStopping().getAsBoolean() || System.nanoTime() - begun >= longest.toNanos()) {
        return new Outcome.MoreLeft(forgotten);
      }
    }
  }

  /** One round of one kind, which ends early where the node is stopping. */
  public record Command(Perishable kind, BooleanSupplier isStopping) {}

  /** How a round ended. */
  public sealed interface Outcome {
    /** Nothing is left that is past its time. */
    record Cleared(long rows) implements Outcome {}

    /** The time was up first; the next round goes on. */
    record MoreLeft(long rows) implements Outcome {}
  }
}
