package io.walletsync.core.kernel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Instants are cut to microseconds on entry: PostgreSQL keeps no more and would round, so that a
 * stored time could differ from the one that was answered or hashed.
 */
public final class Microseconds {
  private Microseconds() {}

  public static Instant cut(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }
}
