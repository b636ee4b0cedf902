package io.walletsync.core.balance;

import java.time.Instant;
import java.util.UUID;

/**
 * A reading that came after a younger one was recorded: kept as a fact, replacing nothing.
 *
 * @param standsUntil until when it can have been so at most
 */
public record LateReading(
    UUID readingId, Observation observation, Instant standsUntil, Instant recordedAt) {

  /** One that the newest balance has outdated by now. */
  static LateReading outdatedBy(
      LatestBalance newest, UUID readingId, Observation observation, Instant now) {
    var told = newest.youngerThan(observation);
    return new LateReading(readingId, observation, told.isBefore(now) ? told : now, now);
  }
}
