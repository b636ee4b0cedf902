package io.walletsync.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One measurement.
 *
 * @param perSecond operations a second
 * @param p50 milliseconds, as the other percentiles
 * @param server seconds of processor time for 10,000 operations, as the others
 * @param peakMemory the most that the server process had, in MiB
 */
record Sample(
    double perSecond,
    double p50,
    double p95,
    double p99,
    double server,
    double database,
    double stub,
    double client,
    double peakMemory) {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BASE = 10_000;

  static Sample of(Load.Outcome outcome, long peakMemory) {
    return of(
        outcome.measured(), outcome.window(), outcome.latencies(), outcome.used(), peakMemory);
  }

  static Sample of(
      long operations, Duration window, Latencies latencies, Usage used, long peakMemory) {
    return new Sample(
        operations * NANOS_PER_SECOND / window.toNanos(),
        latencies.percentile(0.50),
        latencies.percentile(0.95),
        latencies.percentile(0.99),
        seconds(used.server(), operations),
        seconds(used.database(), operations),
        seconds(used.stub(), operations),
        seconds(used.client(), operations),
        peakMemory);
  }

  /** The median of each figure. */
  static Sample median(List<Sample> samples) {
    return new Sample(
        median(samples, Sample::perSecond),
        median(samples, Sample::p50),
        median(samples, Sample::p95),
        median(samples, Sample::p99),
        median(samples, Sample::server),
        median(samples, Sample::database),
        median(samples, Sample::stub),
        median(samples, Sample::client),
        samples.stream().mapToDouble(Sample::peakMemory).max().orElse(0));
  }

  static double median(double[] figures) {
    var sorted = figures.clone();
    Arrays.sort(sorted);
    var middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    return median(samples.stream().mapToDouble(figure).toArray());
  }

  private static double seconds(Duration used, long operations) {
    return operations == 0 ? 0 : used.toNanos() / NANOS_PER_SECOND * BASE / operations;
  }
}
