package io.walletsync.core.movement;

import java.time.Instant;

/**
 * The time of which everything that the provider lists was imported.
 *
 * @param until the first moment that was not
 */
public record Coverage(Instant from, Instant until) {
  /** Whether it contains a period; clocks differ by {@link Timeline#SLACK} at most. */
  boolean contains(Instant beginning, Instant end) {
    return !beginning.isBefore(from) && end.plus(Timeline.SLACK).isBefore(until);
  }
}
