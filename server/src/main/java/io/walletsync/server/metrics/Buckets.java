package io.walletsync.server.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/** The histogram buckets of what takes time. */
final class Buckets {
  /** Of everything that waits for a provider: 5 ms to 20 s. */
  static final Duration[] SECONDS =
      millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 15_000, 20_000);

  /** Of one statement: 1 ms to 5 s. */
  static final Duration[] OF_A_STATEMENT =
      millis(1, 2, 5, 10, 15, 20, 30, 50, 100, 250, 1_000, 5_000);

  private static Duration[] millis(long... bounds) {
    return LongStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }

  private Buckets() {}
}
