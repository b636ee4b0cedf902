package io.walletsync.bench;

import java.io.PrintStream;
import java.util.List;

/**
 * What a sync costs once there is much: two installations, one with 1,000,000 wallets and 20
 * million snapshots, one with 10,000 wallets, take turns; every sync is of a wallet by chance.
 */
final class GrowthPart {
  private static final int MOST_CONNECTIONS = 32;
  private static final int ACCOUNTS = 128;

  private final Installation small;
  private final Installation large;
  private final Options options;
  private final Results results;
  private final PrintStream progress;

  GrowthPart(
      Installation small,
      Installation large,
      Options options,
      Results results,
      PrintStream progress) {
    this.small = small;
    this.large = large;
    this.options = options;
    this.results = results;
    this.progress = progress;
  }

  private record Side(Rounds rounds, Step step) {}

  void measure() throws Exception {
    var sides =
        List.of(
            side("growth-small", small, options.scale().smallWallets()),
            side("growth-large", large, options.scale().largeWallets()));
    var connections = Math.min(MOST_CONNECTIONS, options.mostConnections());
    for (var side : sides) {
      side.rounds.warmUp(side.step, connections);
    }
    for (var round = 1; round <= options.rounds(); round++) {
      for (var side : sides) {
        progress.printf("round %d of %d · ", round, options.rounds());
        side.rounds.measure(side.step, connections);
      }
    }
  }

  private Side side(String name, Installation installation, int wallets) throws Exception {
    progress.printf(
        "registering %,d wallets with %,d snapshots%n", wallets, (long) wallets * History.LENGTH);
    var fleet = Fleet.ofSubAccounts(installation, Math.min(ACCOUNTS, wallets), wallets);
    History.write(fleet, progress);
    return new Side(
        new Rounds(installation, options, results, progress),
        new AnyWalletStep(name, installation, fleet));
  }
}
