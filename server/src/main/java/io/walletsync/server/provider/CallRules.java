package io.walletsync.server.provider;

import java.time.Duration;

/**
 * How calls to a provider are made, for each connection on its own.
 *
 * @param attemptPatience how long one attempt may take, inside the deadline of all
 * @param shortestAttempt with less time left than this, an attempt is not worth beginning again,
 *     and a time-out says nothing about the provider
 * @param attempts how often a call is tried, the first time included
 * @param firstPause before the second attempt; twice as long before the third, and so on, each up
 *     to half more or less
 * @param longestQuiet the longest a provider's wish to be left alone is remembered
 * @param atOnce how many calls may be under way at once
 * @param openFor how long an open circuit stays so before it is tried again
 */
record CallRules(
    Duration attemptPatience,
    Duration shortestAttempt,
    int attempts,
    Duration firstPause,
    Duration longestQuiet,
    int atOnce,
    Duration openFor) {
  static final CallRules STANDARD =
      new CallRules(
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          3,
          Duration.ofMillis(200),
          Duration.ofMinutes(5),
          16,
          Duration.ofSeconds(10));
}
