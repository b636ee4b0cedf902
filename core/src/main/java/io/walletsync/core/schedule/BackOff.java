package io.walletsync.core.schedule;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a wallet is left alone after turns that failed: twice as long each time, never sooner
 * than the provider allows, and a little more or less, so that those who failed together do not
 * come back together.
 */
final class BackOff {
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** A provider that says more is asked all the same: it may have meant something else. */
  private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(24);

  private static final int MOST_DOUBLINGS = 30;
  private static final int JITTER_PERCENT = 20;

  private BackOff() {}

  /**
   * The time to wait.
   *
   * @param failures how many failed in a row, this one included
   * @param retryAfter what the provider asks for, where it does
   * @param chance from 0 to 1
   */
  static Duration after(
      Duration interval, int failures, @Nullable Duration retryAfter, double chance) {
    var first = shorter(interval, FIRST);
    var longest = longer(interval, LONGEST);
    var wait =
        shorter(first.multipliedBy(1L << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS)), longest);
    var varied = scaled(wait, 100 + JITTER_PERCENT * (2 * chance - 1));
    return retryAfter == null
        ? varied
        : longer(
            varied, scaled(shorter(retryAfter, LONGEST_ASKED_FOR), 100 + JITTER_PERCENT * chance));
  }

  private static Duration scaled(Duration duration, double percent) {
    return Duration.ofMillis((long) (duration.toMillis() * percent / 100));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
