package io.walletsync.server.demo;

import io.walletsync.server.demo.DemoClient.Answer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a new user does with a provider: connect it, have its webhooks sent, register wallets, sync
 * and read them. What an earlier run left is found again, and a provider that fails stops nothing.
 */
record FirstSteps(URI server, DemoClient client) {
  List<DemoWallet> take(SimulatedBusiness business) {
    var connection = connect(business);
    business.announceTo(server, connection);
    var wallets = new ArrayList<DemoWallet>();
    for (var description : business.wallets()) {
      wallets.add(sync(business.provider(), connection, register(connection, description)));
    }
    return wallets;
  }

  /** Connects the business, or finds it connected by an earlier run. */
  private String connect(SimulatedBusiness business) {
    var added = client.post("/api/v1/connections", null, business.connection());
    if (added.status() == 201) {
      return added.text("connection_id");
    }
    for (var connection : client.get("/api/v1/connections").expect(200).json().path("data")) {
      if (connection.path("name").asString("").equals(business.connectionName())) {
        return connection.path("connection_id").asString("");
      }
    }
    throw new IllegalStateException("the server refused the connection: " + added.json());
  }

  private String register(String connection, Map<String, String> description) {
    var wallet = new HashMap<>(description);
    wallet.put("connection_id", connection);
    wallet.put("owner_id", "demo-store");
    return client.post("/api/v1/wallets", null, wallet).expect(200, 201).text("wallet_id");
  }

  private DemoWallet sync(String provider, String connection, String wallet) {
    var path = "/api/v1/wallets/" + wallet;
    var synced =
        client.post(path + "/sync-balance", null, Map.of()).expect(200, 422, 502, 503, 504);
    var read = client.get(path + "/balance").expect(200, 404);
    return new DemoWallet(
        wallet,
        connection,
        provider,
        client.get(path).expect(200).text("currency"),
        known(read, "balance"),
        known(read, "as_of"),
        synced.status() == 200 ? "" : synced.text("detail"));
  }

  /** A balance that was never read is not zero. */
  private static String known(Answer balance, String field) {
    return balance.status() == 200 ? balance.text(field) : "not known yet";
  }
}
