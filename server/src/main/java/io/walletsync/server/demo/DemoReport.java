package io.walletsync.server.demo;

import java.io.PrintStream;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What the demo prints once everything runs. */
record DemoReport(URI server, String keyId, String secret, PrintStream out) {
  private static final String ROW = "%-36s  %-14s  %-8s  %16s  %s%n";

  /**
   * Prints it.
   *
   * @param failing who answers no call until that time
   */
  void print(
      List<SimulatedBusiness> businesses,
      List<DemoWallet> wallets,
      SimulatedBusiness failing,
      Instant until) {
    addresses(businesses);
    table(wallets);
    out.printf(
        "%s answers 503 until %s: walletsync_provider_failures_total counts it, the last command"
            + " shows what waits.%n%n",
        failing.provider(), until.truncatedTo(ChronoUnit.SECONDS));
    commands(wallets.getFirst(), connectionOf(failing, wallets));
    out.println("Stop with Ctrl-C; the data stays and the next run goes on with it.");
    out.flush();
  }

  private void addresses(List<SimulatedBusiness> businesses) {
    out.println();
    out.println("WalletSync                " + server);
    out.println("  API documentation       " + server + "/docs/");
    out.println("  health                  " + server + "/actuator/health");
    out.println("  metrics                 " + server + "/actuator/prometheus");
    for (var business : businesses) {
      out.printf("%-25s %s%n", "Simulated " + business.provider(), business.simulator().baseUrl());
    }
    out.println("  Money moves at each of them every few seconds, and their webhooks tell of it.");
    out.println();
  }

  private void table(List<DemoWallet> wallets) {
    out.printf(ROW, "wallet", "provider", "currency", "balance", "as of");
    for (var wallet : wallets) {
      out.printf(
          ROW, wallet.id(), wallet.provider(), wallet.currency(), wallet.balance(), wallet.asOf());
    }
    out.println();
    for (var wallet : wallets) {
      if (!wallet.failure().isEmpty()) {
        out.printf(
            "The first sync of %s failed: %s Its next webhook leads to another.%n",
            wallet.id(), wallet.failure());
      }
    }
  }

  private static String connectionOf(SimulatedBusiness business, List<DemoWallet> wallets) {
    return wallets.stream()
        .filter(wallet -> wallet.provider().equals(business.provider()))
        .findFirst()
        .orElseThrow()
        .connection();
  }

  private void commands(DemoWallet wallet, String connection) {
    out.println("Try next:");
    command("sync " + wallet.id());
    command("balance " + wallet.id());
    command("get \"/api/v1/wallets/" + wallet.id() + "/explained-changes\"");
    command("get \"/api/v1/provider-events?connection_id=" + connection + "&status=waiting\"");
    out.println();
  }

  private void command(String command) {
    out.printf(
        "  WALLETSYNC_URL=%s WALLETSYNC_KEY_ID=%s WALLETSYNC_KEY_SECRET=%s ./walletsync %s%n",
        server, keyId, secret, command);
  }
}
