package io.walletsync.bench;

import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * What telling people costs: balances that change at full speed with no rule and no subscription,
 * and with many of both, in turns; and how soon receivers hear of a change when there are few.
 */
final class NoticesPart {
  /** Receivers are on this machine, which is refused unless a setting allows it. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "WALLETSYNC_SCHEDULE_ENABLED", "false",
          "WALLETSYNC_WEBHOOKS_ALLOW_LOCAL", "true");

  /** Each subscription is to match one of a hundred changes. */
  private static final int WALLETS = 100;

  private static final int CONNECTIONS = 32;
  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(10);

  private final Installation installation;
  private final Options options;
  private final Results results;
  private final PrintStream progress;

  NoticesPart(Installation installation, Options options, Results results, PrintStream progress) {
    this.installation = installation;
    this.options = options;
    this.results = results;
    this.progress = progress;
  }

  void measure() throws Exception {
    var wallets = Wallets.atFlutterwave(installation, WALLETS);
    var rounds = new Rounds(installation, options, results, progress);
    var without =
        new NoticesStep("notices-without", "POST changed, nobody is told", installation, wallets);
    var with =
        new NoticesStep(
            "notices-with", "POST changed, 50 rules, 20 subscriptions", installation, wallets);
    var connections = Math.min(CONNECTIONS, options.mostConnections());
    rounds.warmUp(without, connections);
    try (var receivers = Receivers.start(InstantSource.system())) {
      for (var round = 1; round <= options.rounds(); round++) {
        progress.printf("round %d of %d · ", round, options.rounds());
        rounds.measure(without, connections);
        try (var watch = Watch.begin(installation, receivers, wallets)) {
          receivers.forget();
          var before = wallets.sequences();
          progress.printf("round %d of %d · ", round, options.rounds());
          rounds.measure(with, connections);
          allHeard(watch, receivers, wallets, before);
        }
      }
      atAPace(receivers, wallets);
    }
  }

  /** A hundred changes a second, which is no load: how long until a receiver knows. */
  private void atAPace(Receivers receivers, Wallets wallets) throws Exception {
    try (var watch = Watch.begin(installation, receivers, wallets);
        var connection = new HttpConnection(installation.server().port())) {
      receivers.forget();
      var before = wallets.sequences();
      var count = (int) (options.scale().noticesWindow().toNanos() / BETWEEN_CHANGES.toNanos());
      progress.printf("%,d changes, 100 a second%n", count);
      var begun = System.nanoTime();
      for (var i = 0; i < count; i++) {
        var early = begun + i * BETWEEN_CHANGES.toNanos() - System.nanoTime();
        if (early > 0) {
          Thread.sleep(Duration.ofNanos(early));
        }
        var wallet = wallets.ids().get(i % wallets.ids().size());
        var request =
            installation
                .key()
                .post(Api.syncPath(wallet), UUID.randomUUID().toString(), new byte[0]);
        if (connection.send(request) != 200) {
          results.addFlaw("A change at a pace was not recorded: " + connection.body());
        }
      }
      var pace = count * 1e9 / (System.nanoTime() - begun);
      allHeard(watch, receivers, wallets, before);
      var delays = receivers.delays();
      fact("pace", "changes a second while receivers are timed", pace, "");
      fact("delay-p50", "from a change to its receiver: p50", delays.percentile(.5), "ms");
      fact("delay-p99", "the same: p99", delays.percentile(.99), "ms");
    }
  }

  /** Waits until healthy receivers have all that happened since they subscribed, each once. */
  private void allHeard(Watch watch, Receivers receivers, Wallets wallets, Map<UUID, Long> before)
      throws SQLException, InterruptedException {
    var after = wallets.sequences();
    new Hearing(receivers, results, progress)
        .await(
            watch.healthy(),
            number -> {
              var wallet = wallets.ids().get(number);
              return after.getOrDefault(wallet, 0L) - before.getOrDefault(wallet, 0L);
            });
  }

  private void fact(String name, String title, double value, String unit) {
    results.add(new Results.Fact("notices-" + name, title, value, unit));
    progress.printf(Locale.ROOT, "  %s: %,.2f %s%n", title, value, unit);
  }
}
