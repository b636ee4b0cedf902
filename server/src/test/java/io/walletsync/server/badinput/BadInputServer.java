package io.walletsync.server.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.PaystackWebhooks;
import io.walletsync.server.support.StoredState;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.time.Duration;
import java.util.Map;

/** A server that holds two of everything that is listed, and that no bad input may change. */
final class BadInputServer implements AutoCloseable {
  private static final String SECRET = "sk_test_of_the_bad_input_store";

  private final TestDatabase database = TestDatabase.create();
  private final StubPaystack paystack = new StubPaystack();

  final TestServer server = TestServer.start(database, paystack.url());
  final ApiClient client = server.client();
  final String connection;
  final String wallet;
  final String key;

  BadInputServer() {
    paystack.has(SECRET, "NGN", 100);
    connection = client.connect(SECRET);
    client.connect(SECRET + "_two");
    wallet = client.register(connection, "NGN");
    client.register(connection, "GHS");
    client.sync(wallet).expect(200);
    for (var i = 0; i < 2; i++) {
      client
          .post(
              "/api/v1/alert-rules",
              """
              {"name": "High", "scope": {"wallet_id": "%s"},
               "condition": {"kind": "balance_above", "currency": "NGN", "threshold": "0"}}
              """
                  .formatted(wallet))
          .expect(201);
      new PaystackWebhooks(server.address())
          .send(
              connection,
              SECRET,
              "{\"event\":\"customeridentification.success\",\"data\":{\"id\":" + i + "}}")
          .expect(200);
    }
    for (var i = 0; i < 2; i++) {
      var run =
          client.post("/api/v1/sync-runs", "{\"filter\":{\"owner_id\":\"nobody\"}}").expect(202);
      Eventually.within(
          Duration.ofSeconds(20),
          "the end of a run",
          () -> client.get(run.header("Location")).text("state").equals("completed"));
    }
    for (var i = 1; i <= 2; i++) {
      client
          .post(
              "/api/v1/expected-balances",
              "{\"expected_balances\":[{" + row("2026-01-0" + i) + "}]}")
          .expect(200);
    }
    key =
        client
            .post("/api/v1/api-keys", "{\"name\":\"x\",\"scopes\":[\"wallets:read\"]}")
            .expect(201)
            .text("api_key_id");
  }

  /** Sends it, and finds that it was told what is wrong and changed nothing at all. */
  void refuses(BadInput input) {
    var before = StoredState.of(database);
    var calls = paystack.calls(SECRET);

    var answer = input.request().get().expect(input.status());

    assertThat(answer.problem()).isEqualTo(input.slug());
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("X-Request-Id")).isNotEmpty();
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    if (input.status() == 400) {
      assertThat(answer.json().get("errors").valueStream().map(e -> e.get("field").asString()))
          .contains(input.field());
    }
    assertThat(StoredState.of(database)).isEqualTo(before);
    assertThat(paystack.calls(SECRET)).isEqualTo(calls);
  }

  BadInput get(String field, String target) {
    return BadInput.field(field, "GET " + target, () -> client.get(target));
  }

  BadInput post(String field, String target, String members) {
    return with("POST", field, target, members);
  }

  BadInput put(String field, String target, String members) {
    return with("PUT", field, target, members);
  }

  BadInput patch(String field, String target, String members) {
    return with("PATCH", field, target, members);
  }

  private BadInput with(String method, String field, String target, String members) {
    return BadInput.field(
        field,
        BadInput.shorten(members),
        () -> client.send(method, target, null, Map.of(), "{" + members + "}"));
  }

  /** What the wallet should hold at the beginning of a day on which nothing was known yet. */
  String row(String day) {
    return "\"wallet_id\":\"%s\",\"amount\":\"1\",\"as_of\":\"%sT00:00:00Z\",\"reference\":\"x\""
        .formatted(wallet, day);
  }

  @Override
  public void close() {
    server.close();
    paystack.close();
  }
}
