package io.walletsync.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/**
 * What telling people costs where recording is fastest: all wallets of a fleet are due at once and
 * change, with nobody to tell and with many rules and subscriptions, in turns.
 */
final class ScheduledNoticesPart {
  static final Map<String, String> SETTINGS =
      Map.of(
          "WALLETSYNC_SCHEDULE_ENABLED", "true",
          "WALLETSYNC_WEBHOOKS_ALLOW_LOCAL", "true");

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(200);

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
          allHeard(watch, receivers, fleet);
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

  /** Waits until the healthy receivers have each change of their accounts, each once. */
  private void allHeard(Watch watch, Receivers receivers, Fleet fleet) throws InterruptedException {
    var expected = Watch.hundredth(fleet) * Scale.perAccount();
    var begun = System.nanoTime();
    for (var number = 0; number < watch.healthy(); number++) {
      while (receivers.heard(number) < expected && System.nanoTime() - begun < PATIENCE.toNanos()) {
        Thread.sleep(LOOK);
      }
      if (receivers.heard(number) != expected) {
        results.addFlaw(
            "Receiver %d heard of %d changes, but there were %d."
                .formatted(number, receivers.heard(number), expected));
      }
    }
    progress.printf(
        Locale.ROOT, "  all of it was heard of %.1f s later%n", (System.nanoTime() - begun) / 1e9);
  }
}
