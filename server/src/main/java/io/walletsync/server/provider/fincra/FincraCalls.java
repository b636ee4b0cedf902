package io.walletsync.server.provider.fincra;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Environment;
import io.walletsync.server.provider.Deadline;
import io.walletsync.server.provider.ProviderCalls;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.util.function.Function;

/**
 * Calls to Fincra with a connection's API key.
 *
 * @param baseUrls of each environment, without a slash at its end
 */
record FincraCalls(ProviderCalls calls, Function<Environment, String> baseUrls) {
  ProviderCalls.Result get(OpenConnection connection, String path, Deadline end) {
    var environment = connection.connection().environment();
    var baseUrl = baseUrls.apply(environment == null ? Environment.LIVE : environment);
    var request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .header("api-key", connection.credentials().get(FincraProfile.API_KEY))
            .header("Accept", "application/json")
            .build();
    return calls.send(connection.connection(), request, end);
  }

  static String business(OpenConnection connection) {
    return connection.credentials().get(FincraProfile.BUSINESS_ID);
  }

  static String businessInQuery(OpenConnection connection) {
    return URLEncoder.encode(business(connection), UTF_8);
  }
}
