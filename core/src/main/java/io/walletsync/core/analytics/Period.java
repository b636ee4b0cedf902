package io.walletsync.core.analytics;

import io.walletsync.core.kernel.InvalidValue;
import java.time.Duration;
import java.time.Instant;

/** A time from its beginning, which belongs to it, to its end, which does not. */
public record Period(Instant from, Instant to) {
  public Period {
    if (!from.isBefore(to)) {
      throw new InvalidValue("must lie after the beginning of the period");
    }
  }

  /** How long it is. */
  public Duration length() {
    return Duration.between(from, to);
  }

  /** Whether a time lies in it. */
  public boolean contains(Instant time) {
    return !time.isBefore(from) && time.isBefore(to);
  }
}
