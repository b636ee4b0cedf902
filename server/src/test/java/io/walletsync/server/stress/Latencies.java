package io.walletsync.server.stress;

import java.time.Duration;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How long things took, and what that was for all but the slowest. */
final class Latencies {
  private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

  void since(long begun) {
    nanos.add(System.nanoTime() - begun);
  }

  int count() {
    return nanos.size();
  }

  /** So many percent took no longer. */
  Duration percentile(int percent) {
    var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new AssertionError("nothing was measured");
    }
    var rank = (int) Math.ceil(sorted.length * percent / 100.0);
    return Duration.ofNanos(sorted[Math.max(rank, 1) - 1]);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%6d |%8d |%8d |%8d |%8d",
        count(),
        percentile(50).toMillis(),
        percentile(95).toMillis(),
        percentile(99).toMillis(),
        percentile(100).toMillis());
  }
}
