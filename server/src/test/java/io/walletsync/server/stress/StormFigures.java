package io.walletsync.server.stress;

import io.walletsync.server.metrics.Scrape;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a storm was like, as one table for people to read. */
record StormFigures(
    Duration howLong,
    Latencies before,
    Latencies during,
    Latencies announcing,
    StormWebhooks webhooks,
    HeapAfterGc heap,
    Scrape atFirst,
    Scrape atLast,
    StormProofs proofs) {
  void print(
      int slowCalls,
      Map<Integer, Integer> slow,
      Map<Integer, Integer> failing,
      int waiting,
      Duration served) {
    var machine = ManagementFactory.getOperatingSystemMXBean();
    var table =
        """

        storm of %d s                        | number |  p50 ms |  p95 ms |  p99 ms |  max ms
        healthy syncs before                 | %s
        healthy syncs during                 | %s
        announcements answered               | %s
        announced, warm-up included          | %d events, %d times again
        events until served, ms p50/p95      | healthy %d/%d, failing %d/%d, slow %d/%d
        early syncs in the storm             | fincra %s, flutterwave %s, paystack %s
        calls of balances in the storm       | fincra %s, flutterwave %s, paystack %s (%d begun by the end)
        answers to syncs of the slow one     | %s
        answers to syncs of the failing one  | %s
        heap after GC, MiB                   | %s
        snapshots                            | %d
        the machine                          | %d cores, %.1f processes wanted one in the last minute
        events waiting when it calmed down   | %d, all served %d s later
        """
            .formatted(
                howLong.toSeconds(),
                before,
                during,
                announcing,
                webhooks.distinct(),
                webhooks.duplicates(),
                proofs.waited("fincra", 0.5),
                proofs.waited("fincra", 0.95),
                proofs.waited("flutterwave", 0.5),
                proofs.waited("flutterwave", 0.95),
                proofs.waited("paystack", 0.5),
                proofs.waited("paystack", 0.95),
                early("fincra"),
                early("flutterwave"),
                early("paystack"),
                calls("fincra"),
                calls("flutterwave"),
                calls("paystack"),
                slowCalls,
                new TreeMap<>(slow),
                new TreeMap<>(failing),
                heap,
                proofs.snapshots(),
                machine.getAvailableProcessors(),
                machine.getSystemLoadAverage(),
                waiting,
                served.toSeconds());
    System.out.print(table);
  }

  private String early(String provider) {
    return grown("walletsync_early_syncs_total\\{.*provider=\"" + provider + "\".*");
  }

  private String calls(String provider) {
    return grown(
        "walletsync_provider_request_duration_seconds_count\\{.*provider=\"" + provider + "\".*");
  }

  private String grown(String pattern) {
    return String.format(Locale.ROOT, "%.0f", atLast.sum(pattern) - atFirst.sum(pattern));
  }
}
