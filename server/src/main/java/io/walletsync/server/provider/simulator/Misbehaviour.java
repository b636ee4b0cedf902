package io.walletsync.server.provider.simulator;

import java.time.Duration;

/**
 * How a simulated provider fails.
 *
 * @param fault what happens to a call that it hits
 * @param percent how many of a hundred calls it hits, on average
 * @param delay how long a slow answer waits
 */
public record Misbehaviour(Fault fault, int percent, Duration delay) {
  /** What may happen to a call. */
  public enum Fault {
    /** 503 instead of an answer. */
    UNAVAILABLE,
    /** The right answer, but late. */
    SLOW,
    /** Half the answer, and then the connection is closed. */
    BROKEN,
    /** A page of text with status 200 instead of an answer. */
    GARBAGE
  }

  public Misbehaviour {
    if (percent < 0 || percent > 100 || delay.isNegative()) {
      throw new IllegalArgumentException("a share is 0 to 100 percent, and no delay is negative");
    }
  }

  public static Misbehaviour unavailable(int percent) {
    return new Misbehaviour(Fault.UNAVAILABLE, percent, Duration.ZERO);
  }

  /** Slows every call down. */
  public static Misbehaviour slow(Duration delay) {
    return new Misbehaviour(Fault.SLOW, 100, delay);
  }

  public static Misbehaviour broken(int percent) {
    return new Misbehaviour(Fault.BROKEN, percent, Duration.ZERO);
  }

  public static Misbehaviour garbage(int percent) {
    return new Misbehaviour(Fault.GARBAGE, percent, Duration.ZERO);
  }
}
