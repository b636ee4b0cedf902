package io.walletsync.core.kernel;

import java.time.Instant;

/**
 * The database's time, read once and carried on by a monotonic clock, so that no node's clock is
 * asked. It is never ahead of the database, and behind it by the way of the answer at most.
 *
 * @param readAt what the database said
 * @param readAtNanos the monotonic clock when it had said so
 */
public record DatabaseClock(Instant readAt, long readAtNanos) {
  /** A clock that starts now with what the database has just said. */
  public static DatabaseClock startedAt(Instant databaseTime) {
    return new DatabaseClock(databaseTime, System.nanoTime());
  }

  /** Cut to microseconds. */
  public Instant now() {
    return at(System.nanoTime());
  }

  /** The database's time when the monotonic clock showed this; cut to microseconds. */
  public Instant at(long nanos) {
    return Microseconds.cut(uncut(nanos));
  }

  /** The one of two clocks that is less behind the database. */
  public DatabaseClock orCloser(DatabaseClock other) {
    return other.uncut(readAtNanos).isAfter(readAt) ? other : this;
  }

  private Instant uncut(long nanos) {
    return readAt.plusNanos(nanos - readAtNanos);
  }
}
