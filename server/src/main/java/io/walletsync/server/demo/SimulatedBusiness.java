package io.walletsync.server.demo;

import io.walletsync.server.provider.simulator.ProviderSimulator;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A business at a simulated provider, as somebody who holds its credentials connects it.
 *
 * @param provider what a person calls the provider
 * @param knownAs what the simulator knows the business by
 * @param settings where the server finds the provider
 * @param connection the body that connects it
 * @param wallets the body of each wallet, without the connection
 */
record SimulatedBusiness(
    String provider,
    ProviderSimulator simulator,
    String knownAs,
    Map<String, String> settings,
    Map<String, Object> connection,
    List<Map<String, String>> wallets) {
  private static final int DUPLICATES_PERCENT = 10;

  String connectionName() {
    return String.valueOf(connection.get("name"));
  }

  void announceTo(URI server, String connectionId) {
    var address = "/webhooks/" + connection.get("provider") + "/" + connectionId;
    simulator.sendWebhooksTo(server.resolve(address), knownAs, DUPLICATES_PERCENT);
  }

  @Override
  public String toString() {
    return connectionName();
  }
}
