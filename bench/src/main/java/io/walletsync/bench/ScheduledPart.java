package io.walletsync.bench;

import java.io.PrintStream;
import java.util.List;

/**
 * What the schedule does by itself: 100,000 wallets that are due at once, beside the plain sync
 * transaction, with one balance a call and with as many as a whole account has.
 */
final class ScheduledPart {
  private static final int LIMIT_CONNECTIONS = 32;

  private final Installation installation;
  private final Options options;
  private final Results results;
  private final PrintStream progress;

  ScheduledPart(Installation installation, Options options, Results results, PrintStream progress) {
    this.installation = installation;
    this.options = options;
    this.results = results;
    this.progress = progress;
  }

  private record Kind(String name, String title, DueFleet fleet) {}

  void measure() throws Exception {
    var accounts = options.scale().scheduledAccounts();
    var wallets = accounts * Scale.perAccount();
    progress.printf("registering %,d wallets, twice%n", wallets);
    var whole = Fleet.ofWholeAccounts(installation, accounts);
    var single = Fleet.ofSubAccounts(installation, Math.max(1, accounts / 50), wallets);
    var kinds =
        List.of(
            kind("scheduled-changed-20", "changed, 20 balances a call", whole, true),
            kind("scheduled-unchanged-20", "unchanged, 20 balances a call", whole, false),
            kind("scheduled-changed-1", "changed, one balance a call", single, true),
            kind("scheduled-unchanged-1", "unchanged, one balance a call", single, false));
    var limits = LimitTables.create(installation.database(), LIMIT_CONNECTIONS);
    var rounds = new Rounds(installation, options, results, progress);
    progress.println("warm-up: every wallet has its first turns");
    new DueFleet(installation, whole, true).take();
    new DueFleet(installation, single, true).take();
    for (var round = 1; round <= options.rounds(); round++) {
      progress.printf("round %d of %d · ", round, options.rounds());
      rounds.measure(LimitStep.SYNC.on(limits), LIMIT_CONNECTIONS);
      for (var kind : kinds) {
        var isProfiled =
            round == 1
                && kind.name().equals("scheduled-changed-20")
                && !options.wants("post-changed");
        try (var _ =
            Recording.start(isProfiled ? options.profile() : null, installation.server())) {
          measure(round, kind);
        }
      }
    }
  }

  private void measure(int round, Kind kind) throws Exception {
    var turn = kind.fleet().take();
    var line = new Results.Line(kind.name(), kind.title(), 0);
    results.add(line, turn.sample());
    progress.printf(
        "round %d of %d · %-60s %,9.0f/s%n",
        round, options.rounds(), kind.title(), turn.sample().perSecond());
    results.add(
        new Results.Fact(
            kind.name() + "-calls", kind.title() + ": wallets a call", turn.walletsPerCall(), ""));
    for (var flaw : turn.flaws()) {
      progress.println("FAILED " + kind.title() + ": " + flaw);
      results.addFlaw(kind.title() + ": " + flaw);
    }
  }

  private Kind kind(String name, String title, Fleet fleet, boolean isMoneyMoving) {
    return new Kind(
        name,
        "scheduled, %,d wallets, %s".formatted(fleet.wallets().size(), title),
        new DueFleet(installation, fleet, isMoneyMoving));
  }
}
