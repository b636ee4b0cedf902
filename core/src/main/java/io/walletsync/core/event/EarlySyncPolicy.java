package io.walletsync.core.event;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the sync that an event asks for is made, and how often it is tried.
 *
 * @param settle how long after an event it is made at the earliest, so that a burst is one sync
 * @param spacing at least this long between the starts of two of one connection
 * @param lease how long a lane belongs to the worker that took it; longer than a sync takes, so
 *     that only a dead or very late worker is taken over
 * @param mostAttempts after how many syncs that failed an event is given up
 * @param waits how long to wait after the first failure, the second and so on; after that the last
 */
public record EarlySyncPolicy(
    Duration settle, Duration spacing, Duration lease, int mostAttempts, List<Duration> waits) {
  public static final EarlySyncPolicy STANDARD =
      new EarlySyncPolicy(
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          10,
          List.of(
              Duration.ofSeconds(5),
              Duration.ofSeconds(15),
              Duration.ofMinutes(1),
              Duration.ofMinutes(5),
              Duration.ofMinutes(15),
              Duration.ofMinutes(30),
              Duration.ofHours(1)));

  public EarlySyncPolicy {
    waits = List.copyOf(waits);
    if (waits.isEmpty() || mostAttempts < 1) {
      throw new IllegalArgumentException("there must be a first attempt and a wait after it");
    }
  }

  /**
   * How long to wait now.
   *
   * @param failuresBefore how many syncs of the connection failed in a row before this one
   * @param retryAfter what the provider asked for, which counts where it is longer
   */
  Duration waitAfter(int failuresBefore, @Nullable Duration retryAfter) {
    var ours = waits.get(Math.min(failuresBefore, waits.size() - 1));
    return retryAfter == null || retryAfter.compareTo(ours) < 0 ? ours : retryAfter;
  }
}
