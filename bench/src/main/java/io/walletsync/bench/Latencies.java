package io.walletsync.bench;

import java.util.stream.LongStream;

/** How long each of many operations took. */
final class Latencies {
  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] sorted;

  Latencies(LongStream nanos) {
    sorted = nanos.sorted().toArray();
  }

  /** In milliseconds, of the operation than which this share of all was faster. */
  double percentile(double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))]
            / NANOS_PER_MILLI;
  }
}
