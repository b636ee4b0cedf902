package io.walletsync.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/** What is made over the public API before anything is measured; one connection, one thread. */
final class Api implements AutoCloseable {
  private static final Pattern CONNECTION = Pattern.compile("\"connection_id\":\"([^\"]+)\"");
  private static final Pattern WALLET = Pattern.compile("\"wallet_id\":\"([^\"]+)\"");

  private final HttpConnection http;
  private final Key key;

  Api(int port, Key key) throws IOException {
    this.http = new HttpConnection(port);
    this.key = key;
  }

  /** Connects an account of Flutterwave, API v3, whose secret key is new. */
  UUID connectFlutterwave() throws IOException {
    return connect(
        "flutterwave\",\"api_version\":\"v3",
        """
        {"secret_key":"FLWSECK_TEST-%s-X","webhook_secret_hash":"bench"}"""
            .formatted(UUID.randomUUID()));
  }

  UUID connectPaystack() throws IOException {
    return connect("paystack", "{\"secret_key\":\"sk_test_%s\"}".formatted(UUID.randomUUID()));
  }

  UUID registerWallet(UUID connection, String currency) throws IOException {
    return id(
        WALLET,
        post(
            "/api/v1/wallets",
            """
            {"connection_id":"%s","currency":"%s"}"""
                .formatted(connection, currency)));
  }

  /** Syncs under a key, and expects it to go well. */
  void sync(UUID wallet, String idempotencyKey) throws IOException {
    require(http.send(key.post(syncPath(wallet), idempotencyKey, new byte[0])), 200);
  }

  /** Makes something and returns the id that the answer has under this name. */
  UUID create(String path, String json, String idName) throws IOException {
    return id(Pattern.compile("\"" + idName + "\":\"([^\"]+)\""), post(path, json));
  }

  void delete(String path) throws IOException {
    var status = http.send(key.delete(path));
    if (status / 100 != 2) {
      throw new BenchProblem("The server answered " + status + ": " + http.body());
    }
  }

  static String syncPath(UUID wallet) {
    return "/api/v1/wallets/" + wallet + "/sync-balance";
  }

  static String balancePath(UUID wallet) {
    return "/api/v1/wallets/" + wallet + "/balance";
  }

  @Override
  public void close() throws IOException {
    http.close();
  }

  private UUID connect(String provider, String credentials) throws IOException {
    return id(
        CONNECTION,
        post(
            "/api/v1/connections",
            """
            {"provider":"%s","name":"bench","credentials":%s}"""
                .formatted(provider, credentials)));
  }

  private String post(String path, String json) throws IOException {
    var request = key.post(path, null, json.getBytes(StandardCharsets.UTF_8));
    require(http.send(request), 201);
    return http.body();
  }

  private void require(int status, int wanted) {
    if (status != wanted) {
      throw new BenchProblem("The server answered " + status + ": " + http.body());
    }
  }

  private static UUID id(Pattern pattern, String body) {
    var found = pattern.matcher(body);
    if (!found.find()) {
      throw new BenchProblem("The server's answer names no id: " + body);
    }
    return UUID.fromString(found.group(1));
  }
}
