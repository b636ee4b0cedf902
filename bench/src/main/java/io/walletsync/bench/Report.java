package io.walletsync.bench;

import java.util.List;
import java.util.Locale;

/** The results as Markdown, which is as readable on a terminal. */
final class Report {
  private final StringBuilder text = new StringBuilder();

  private Report() {}

  static String of(Results results, List<String> machine) {
    var report = new Report();
    machine.forEach(line -> report.line("- " + line));
    report.line("");
    report.figures(results);
    report.facts(results);
    report.marks(results);
    report.flaws(results);
    return report.text.toString();
  }

  private void figures(Results results) {
    if (results.samples().isEmpty()) {
      return;
    }
    line(
        "Latencies in milliseconds; CPU in seconds for 10,000 operations; memory of the server"
            + " process in MiB.");
    line("");
    line(
        "| work | connections | a second | p50 | p95 | p99 | server | database | stub | client |"
            + " memory |");
    line("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    results
        .samples()
        .forEach(
            (line, samples) -> {
              var s = Sample.median(samples);
              line(
                  String.format(
                      Locale.ROOT,
                      "| %s | %s | %,.0f | %s | %s | %s | %.2f | %.2f | %.2f | %.2f | %.0f |",
                      line.title(),
                      line.connections() == 0 ? "" : line.connections(),
                      s.perSecond(),
                      latency(s.p50()),
                      latency(s.p95()),
                      latency(s.p99()),
                      s.server(),
                      s.database(),
                      s.stub(),
                      s.client(),
                      s.peakMemory()));
            });
    line("");
  }

  private static String latency(double milliseconds) {
    return Double.isNaN(milliseconds) ? "" : String.format(Locale.ROOT, "%.2f", milliseconds);
  }

  private void facts(Results results) {
    if (results.facts().isEmpty()) {
      return;
    }
    line("| what | |");
    line("|---|--:|");
    for (var fact : results.facts()) {
      line(
          String.format(Locale.ROOT, "| %s | %,.2f %s |", fact.title(), fact.value(), fact.unit()));
    }
    line("");
  }

  private void marks(Results results) {
    var marks = Marks.of(results);
    if (marks.isEmpty()) {
      return;
    }
    line("| ratio | is | mark | |");
    line("|---|--:|--:|---|");
    for (var mark : marks) {
      line(
          String.format(
              Locale.ROOT,
              "| %s | %.2f | %s %.2f | %s |",
              mark.what(),
              mark.ratio(),
              mark.isAtLeast() ? "≥" : "≤",
              mark.mark(),
              mark.isReached() ? "reached" : "**missed**"));
    }
    line("");
  }

  private void flaws(Results results) {
    if (!results.flaws().isEmpty()) {
      line("**The run failed; its figures prove nothing:**");
      line("");
      results.flaws().forEach(flaw -> line("- " + flaw));
      line("");
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
