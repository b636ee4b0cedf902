package io.walletsync.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * What is to be reached, as ratios within one run: figures of another machine differ, ratios hardly
 * do.
 */
final class Marks {
  private static final int USUAL = 32;

  /**
   * A ratio and what it should be.
   *
   * @param isAtLeast whether the mark is a floor; else it is a ceiling
   */
  record Mark(String what, double ratio, double mark, boolean isAtLeast) {
    boolean isReached() {
      return isAtLeast ? ratio >= mark : ratio <= mark;
    }
  }

  private final Results results;
  private final List<Mark> found = new ArrayList<>();

  private Marks(Results results) {
    this.results = results;
  }

  /** All for which there are figures. */
  static List<Mark> of(Results results) {
    var marks = new Marks(results);
    marks.throughput(
        "POST changed ÷ plain sync transaction, 32 connections (aim 1.0)",
        "post-changed",
        USUAL,
        "limit-sync",
        0.8);
    marks.throughput(
        "replays ÷ plain sync transaction, 32 connections", "replay", USUAL, "limit-sync", 2);
    marks.throughput("replays ÷ POST changed, 32 connections", "replay", USUAL, "post-changed", 2);
    marks.throughput(
        "GET balance ÷ select of the latest, 32 connections", "get", USUAL, "limit-read", 0.35);
    marks.throughput(
        "scheduled, changed, 20 balances a call ÷ plain sync transaction, 32 connections",
        "scheduled-changed-20",
        0,
        "limit-sync",
        3);
    marks.throughput(
        "scheduled, unchanged, 20 balances a call ÷ plain sync transaction, 32 connections",
        "scheduled-unchanged-20",
        0,
        "limit-sync",
        5);
    marks.loneClient();
    marks.fact("heap of the server with 1,000,000 wallets, MiB", "capacity-heap", 512);
    marks.fact("leasing one batch, p99, ms", "capacity-lease-p99", 20);
    marks.fact("p99 of GET balance, beside the schedule ÷ without it", "capacity-get-ratio", 1.25);
    marks.throughput(
        "POST changed, 50 rules and 20 subscriptions ÷ none, 32 connections",
        "notices-with",
        USUAL,
        "notices-without",
        0.7);
    marks.throughput(
        "scheduled, changed, 50 rules and 20 subscriptions ÷ none",
        "notices-scheduled-with",
        0,
        "notices-scheduled-without",
        0,
        0.7);
    marks.fact(
        "from a change to its receiver, 100 changes a second, p99, ms", "notices-delay-p99", 2_000);
    marks.growth(
        "processor time of server and database for a sync, large ÷ small",
        "growth-large",
        "growth-small",
        sample -> sample.server() + sample.database());
    marks.growth(
        "syncs a second, small ÷ large", "growth-small", "growth-large", Sample::perSecond);
    return marks.found;
  }

  private void throughput(String what, String name, int connections, String limit, double mark) {
    throughput(what, name, connections, limit, USUAL, mark);
  }

  private void throughput(
      String what, String name, int connections, String limit, int ofLimit, double mark) {
    ratio(
            results.rounds(name, connections, Sample::perSecond),
            results.rounds(limit, ofLimit, Sample::perSecond),
            (a, b) -> a / b)
        .ifPresent(ratio -> found.add(new Mark(what, ratio, mark, true)));
  }

  /** The latency of a lone client beside those of the parts it is made of. */
  private void loneClient() {
    var allowed =
        results
            .rounds("limit-sync", 1, Sample::p50)
            .flatMap(
                plain ->
                    results
                        .rounds("stub", 1, Sample::p50)
                        .map(stub -> pairwise(plain, stub, Double::sum)));
    ratio(results.rounds("post-changed", 1, Sample::p50), allowed, (a, b) -> a / b)
        .ifPresent(
            ratio ->
                found.add(
                    new Mark(
                        "a lone client's POST ÷ (plain sync transaction + provider stub), p50",
                        ratio,
                        1.5,
                        false)));
  }

  private void growth(String what, String more, String less, ToDoubleFunction<Sample> figure) {
    ratio(results.rounds(more, USUAL, figure), results.rounds(less, USUAL, figure), (a, b) -> a / b)
        .ifPresent(ratio -> found.add(new Mark(what, ratio, 1.3, false)));
  }

  private void fact(String what, String name, double most) {
    results.fact(name).ifPresent(value -> found.add(new Mark(what, value, most, false)));
  }

  /** The median of the ratios, each of figures of the same round. */
  private static Optional<Double> ratio(
      Optional<double[]> ours, Optional<double[]> limit, DoubleBinaryOperator ratio) {
    return ours.flatMap(a -> limit.map(b -> Sample.median(pairwise(a, b, ratio))));
  }

  private static double[] pairwise(double[] a, double[] b, DoubleBinaryOperator operator) {
    var paired = new double[Math.min(a.length, b.length)];
    for (var i = 0; i < paired.length; i++) {
      paired[i] = operator.applyAsDouble(a[i], b[i]);
    }
    return paired;
  }
}
