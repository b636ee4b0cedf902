package io.walletsync.server.openapi;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.ApiDescription;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import io.walletsync.server.webhook.StubReceiver;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A server, its description, and a client that holds all answers against it. */
final class DescribedServer implements AutoCloseable {
  static final String SECRET = "sk_test_the_described_store";

  final TestDatabase database = TestDatabase.create();
  final StubPaystack paystack = new StubPaystack();
  final StubReceiver receiver = new StubReceiver();
  final TestServer server;
  final String yaml;
  final ApiDescription description;

  /** The documented answers that were got, such as {@code GET /api/v1/wallets 200}. */
  final Set<String> seen = new HashSet<>();

  final DescribedClient client;

  DescribedServer() {
    // a Fincra that takes every key and answers as the stub is told for none
    var fincra = paystack.url() + "/balance/fincra";
    server =
        TestServer.start(
            database,
            paystack.url(),
            Map.of(
                "WALLETSYNC_PROVIDERS_FINCRA_BASE_URL",
                fincra,
                "WALLETSYNC_WEBHOOKS_ALLOW_LOCAL",
                "true"));
    yaml = unsigned("/openapi.yaml").expect(200).body();
    description = new ApiDescription(yaml);
    client = new DescribedClient(server.client(), description, seen);
  }

  /** A client with the key that was just created. */
  ApiClient key(Answer created) {
    return new ApiClient(
        server.address(),
        created.expect(201).text("key_id"),
        Base64.getDecoder().decode(created.text("secret")));
  }

  Answer unsigned(String path) {
    return ApiClient.send(HttpRequest.newBuilder(URI.create(server.address() + path)).build());
  }

  @Override
  public void close() {
    server.close();
    paystack.close();
    receiver.close();
  }
}
