package io.walletsync.server.provider.paystack;

import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.server.provider.Deadline;
import io.walletsync.server.provider.ProviderCalls;
import java.net.URI;
import java.net.http.HttpRequest;

/**
 * Calls to Paystack with a connection's secret key.
 *
 * @param baseUrl without a slash at its end
 */
record PaystackCalls(ProviderCalls calls, String baseUrl) {
  static final String SECRET_KEY = "secret_key";

  ProviderCalls.Result get(OpenConnection connection, String path, Deadline end) {
    var request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .header("Authorization", "Bearer " + connection.credentials().get(SECRET_KEY))
            .header("Accept", "application/json")
            .build();
    return calls.send(connection.connection(), request, end);
  }
}
