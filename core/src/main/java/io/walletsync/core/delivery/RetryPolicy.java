package io.walletsync.core.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a message that was not taken is sent again, and when everything is given up.
 *
 * @param waits before each further attempt; after the last one it is given up
 * @param disableAfter of nothing but failures
 */
public record RetryPolicy(List<Duration> waits, Duration disableAfter) {
  /** The example of Standard Webhooks: ten attempts in three days and a bit. */
  public static final RetryPolicy STANDARD =
      new RetryPolicy(
          List.of(
              Duration.ofSeconds(5),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ofHours(2),
              Duration.ofHours(5),
              Duration.ofHours(10),
              Duration.ofHours(14),
              Duration.ofHours(20),
              Duration.ofHours(24)),
          Duration.ofDays(5));

  private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(24);
  private static final Duration USUAL_QUIET = Duration.ofSeconds(30);
  private static final int JITTER_PERCENT = 20;

  public RetryPolicy {
    waits = List.copyOf(waits);
  }

  /**
   * How long to wait; empty where it is given up.
   *
   * @param failures how many there were in a row, this one included
   * @param retryAfter what the receiver asked for, where it did
   * @param chance from 0 to 1
   */
  Optional<Duration> after(int failures, @Nullable Duration retryAfter, double chance) {
    if (failures > waits.size()) {
      return Optional.empty();
    }
    var wait = waits.get(failures - 1);
    var varied = wait.plusMillis((long) (wait.toMillis() * chance * JITTER_PERCENT / 100));
    return Optional.of(retryAfter == null ? varied : longer(varied, bounded(retryAfter)));
  }

  /** How long a receiver is left alone that says it has too much to do. */
  Duration quiet(@Nullable Duration retryAfter) {
    return retryAfter == null ? shorter(USUAL_QUIET, waits.getFirst()) : bounded(retryAfter);
  }

  private static Duration bounded(Duration asked) {
    return shorter(asked, LONGEST_ASKED_FOR);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
