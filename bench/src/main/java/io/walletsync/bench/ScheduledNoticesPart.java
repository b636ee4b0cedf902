package io.walletsync.bench;

import java.io.PrintStream;
import java.time.InstantSource;

/**
 * What telling people costs where recording is fastest: all wallets of a fleet are due at once and
 * change, with nobody to tell and with many rules and subscriptions, in turns.
 */
final class ScheduledNoticesPart {
  private final Installation installation;
  private final Options options;
  private final Results results;
  private final PrintStream progress;

  ScheduledNoticesPart(
      Installation installation, Options options, Results results, PrintStream progress) {
    this.installation = installation;
    this.options = options;
    this.results = results;
    this.progress = progress;
  }

  void measure() throws Exception {
    var fleet = Fleet.ofWholeAccounts(installation, options.scale().scheduledAccounts());
    var due = new DueFleet(installation, fleet, true);
    progress.println("warm-up: every wallet has its first turns");
    due.take();
    due.take();
    try (var receivers = Receivers.start(InstantSource.system())) {
      for (var round = 1; round <= options.rounds(); round++) {
        measure(round, "without", "nobody is told", fleet, due);
        try (var watch = Watch.begin(installation, receivers, fleet)) {
          receivers.forget();
          measure(round, "with", "50 rules, 20 subscriptions", fleet, due);
          new Hearing(receivers, results, progress)
              .await(watch.healthy(), _ -> (long) Watch.hundredth(fleet) * Scale.perAccount());
        }
      }
    }
  }

  private void measure(int round, String name, String title, Fleet fleet, DueFleet due)
      throws Exception {
    var turn = due.take();
    var line =
        new Results.Line(
            "notices-scheduled-" + name,
            "scheduled, %,d wallets, changed, %s".formatted(fleet.wallets().size(), title),
            0);
    results.add(line, turn.sample());
    progress.printf(
        "round %d of %d · %-60s %,9.0f/s%n",
        round, options.rounds(), line.title(), turn.sample().perSecond());
    for (var flaw : turn.flaws()) {
      results.addFlaw(line.title() + ": " + flaw);
    }
  }
}
