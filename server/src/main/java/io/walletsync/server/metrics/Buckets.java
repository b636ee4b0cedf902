package io.walletsync.server.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/** The histogram buckets of everything that waits for a provider: 5 ms to 20 s. */
final class Buckets {
  static final Duration[] SECONDS =
      LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 15_000, 20_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private Buckets() {}
}
