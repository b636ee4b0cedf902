package io.walletsync.server.provider;

import java.time.Duration;

/** The moment by which a fetch must have ended; one deadline holds for all the calls it makes. */
public final class Deadline {
  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  public static Deadline in(Duration patience) {
    return new Deadline(System.nanoTime() + patience.toNanos());
  }

  /** This deadline, or the one after the given patience, whichever comes first. */
  public Deadline orIn(Duration patience) {
    var other = in(patience);
    return other.end - end < 0 ? other : this;
  }

  /** Zero or less once it has passed. */
  public long remainingNanos() {
    return end - System.nanoTime();
  }
}
