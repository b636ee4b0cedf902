package io.walletsync.server.demo;

import java.io.PrintStream;
import java.net.URI;
import java.util.List;

/** What the demo prints once everything runs. */
record DemoReport(URI server, URI paystack, String keyId, String secret) {

  void print(List<List<String>> wallets, PrintStream out) {
    out.println();
    out.println("WalletSync          " + server);
    out.println("  API documentation " + server + "/docs/");
    out.println("  health            " + server + "/actuator/health");
    out.println("  metrics           " + server + "/actuator/prometheus");
    out.println("Simulated Paystack  " + paystack + " (its balances move every few seconds)");
    out.println();
    out.printf("%-36s  %-8s  %18s  %s%n", "wallet", "currency", "balance", "as of");
    for (var wallet : wallets) {
      out.printf(
          "%-36s  %-8s  %18s  %s%n", wallet.get(0), wallet.get(1), wallet.get(2), wallet.get(3));
    }
    var first = wallets.getFirst().getFirst();
    out.println();
    out.println("Try next:");
    out.println("  " + environment() + " ./walletsync sync " + first);
    out.println("  " + environment() + " ./walletsync balance " + first);
    out.println();
    out.println("Stop with Ctrl-C; the data stays and the next run goes on with it.");
    out.flush();
  }

  private String environment() {
    return "WALLETSYNC_URL=%s WALLETSYNC_KEY_ID=%s WALLETSYNC_KEY_SECRET=%s"
        .formatted(server, keyId, secret);
  }
}
