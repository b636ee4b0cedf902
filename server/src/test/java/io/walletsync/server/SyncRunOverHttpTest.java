package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a user sees of a run over many wallets. */
class SyncRunOverHttpTest {
  private static final String RUNS = "/api/v1/sync-runs";
  private static final Duration SOON = Duration.ofSeconds(20);

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static int number;

  private ApiClient client;
  private String owner;
  private String secret;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server = TestServer.start(database, paystack.url());
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @BeforeEach
  void somebodyNew() {
    client = server.client();
    number++;
    owner = "owner " + number;
    secret = "sk_test_of_the_run_number_" + number;
  }

  /** A wallet of the owner on a connection of its own, which has some subunits. */
  private String wallet(String suffix, long subunits) {
    paystack.has(secret + suffix, "NGN", subunits);
    return register(client.connect(secret + suffix));
  }

  private String register(String connection) {
    return client
        .post(
            "/api/v1/wallets",
            "{\"connection_id\":\"%s\",\"currency\":\"NGN\",\"owner_id\":\"%s\"}"
                .formatted(connection, owner))
        .expect(201)
        .text("wallet_id");
  }

  private Answer start(String key) {
    return client.send("POST", RUNS, key, Map.of(), ofOwner());
  }

  private String ofOwner() {
    return "{\"filter\":{\"owner_id\":\"" + owner + "\"}}";
  }

  private JsonNode ended(Answer started) {
    var path = started.expect(202).header("Location");
    Eventually.within(
        SOON,
        "the end of " + path,
        () -> !client.get(path).expect(200).text("state").equals("running"));
    return client.get(path).expect(200).json();
  }

  @Test
  void threeConnectionsAreSyncedAndTheOneThatFailsIsTold() {
    var first = wallet("_a", 100);
    var second = wallet("_b", 200);
    var failing = wallet("_c", 300);
    paystack.replies(secret + "_c", _ -> new StubPaystack.Reply(401, "{\"status\":false}"));

    var started = client.post(RUNS, ofOwner()).expect(202);

    assertThat(started.text("state")).isEqualTo("running");
    assertThat(started.json().get("total").asInt()).isEqualTo(3);
    assertThat(started.json().get("remaining").asInt()).isEqualTo(3);
    assertThat(started.json().get("rate_per_second").isNull()).isTrue();
    assertThat(started.json().at("/filter/owner_id").asString()).isEqualTo(owner);
    var run = ended(started);
    assertThat(run.get("state").asString()).isEqualTo("completed");
    assertThat(run.get("done").asInt()).isEqualTo(3);
    assertThat(run.get("changed").asInt()).isEqualTo(2);
    assertThat(run.get("failed").asInt()).isEqualTo(1);
    assertThat(run.get("remaining").asInt()).isZero();
    assertThat(run.get("rate_per_second").decimalValue()).isPositive();
    assertThat(run.get("expected_end").isNull()).isTrue();
    assertThat(Instant.parse(run.get("finished_at").asString()))
        .isAfter(Instant.parse(run.get("created_at").asString()));
    var failures = client.get(started.header("Location") + "/failures").expect(200).json();
    assertThat(failures.get("data")).hasSize(1);
    assertThat(failures.at("/data/0/wallet_id").asString()).isEqualTo(failing);
    assertThat(failures.at("/data/0/reason").asString()).isEqualTo("unauthorized");
    assertThat(client.balance(first).expect(200).text("balance")).isEqualTo("1.00");
    assertThat(client.balance(second).expect(200).text("source")).isEqualTo("bulk");
    assertThat(ended(client.post(RUNS, ofOwner())).get("unchanged").asInt()).isEqualTo(2);
  }

  @Test
  void theSameKeyStartsOneRunAndGetsTheSameBytes() {
    wallet("", 100);
    var key = ApiClient.randomKey();
    var first = start(key).expect(202);
    var run = ended(first);

    var again = start(key).expect(202);

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(paystack.calls(secret)).isEqualTo(1);
    var other = client.send("POST", RUNS, key, Map.of(), "{\"filter\":{\"all\":true}}");
    assertThat(other.expect(422).problem()).isEqualTo("idempotency-key-reused");
    var listed = client.get(RUNS + "?limit=1&state=completed").expect(200).json();
    assertThat(listed.at("/data/0/run_id").asString()).isEqualTo(run.get("run_id").asString());
  }

  @Test
  void aCancelledRunTakesNothingMore() {
    var asked = new CountDownLatch(1);
    var answer = new CountDownLatch(1);
    wallet("", 100);
    paystack.replies(
        secret,
        _ -> {
          asked.countDown();
          await(answer);
          return StubPaystack.balance("NGN", 100);
        });
    var started = start(ApiClient.randomKey()).expect(202);
    await(asked);

    var cancelled = client.post(started.header("Location") + "/cancel", "{}").expect(200);

    assertThat(cancelled.text("state")).isEqualTo("cancelled");
    assertThat(cancelled.json().get("done").asInt()).isZero();
    answer.countDown();
    Eventually.within(
        SOON,
        "what was in flight is counted",
        () -> client.get(started.header("Location")).json().get("changed").asInt() == 1);
    var again = client.post(started.header("Location") + "/cancel", "{}").expect(200);
    assertThat(again.text("state")).isEqualTo("cancelled");
    assertThat(again.text("finished_at")).isEqualTo(cancelled.text("finished_at"));
    var entries =
        client.get("/api/v1/audit-entries?action=cancel_sync_run&limit=100").expect(200).json();
    assertThat(entries.get("data").valueStream())
        .filteredOn(
            entry -> started.header("Location").endsWith(entry.get("subject_id").asString()))
        .hasSize(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aLimitedKeyStartsRunsOverWhatItSeesOnly() {
    var inside = client.connect(secret + "_inside");
    var outside = client.connect(secret + "_outside");
    paystack.has(secret + "_inside", "NGN", 100);
    paystack.has(secret + "_outside", "NGN", 100);
    register(inside);
    register(outside);
    var limited = limitedTo(inside);

    var started = limited.post(RUNS, "{\"filter\":{\"all\":true}}").expect(202);

    var run = ended(started);
    assertThat(run.get("changed").asInt()).isEqualTo(1);
    assertThat(run.get("total").asInt()).isEqualTo(1);
    assertThat(paystack.calls(secret + "_outside")).isZero();
    limited.get(started.header("Location")).expect(200);
    limitedTo(outside).get(started.header("Location")).expect(404);
  }

  private ApiClient limitedTo(String connection) {
    var created =
        client
            .post(
                "/api/v1/api-keys",
                """
                {"name": "x", "scopes": ["wallets:read", "balances:sync"], "connection_ids": ["%s"]}
                """
                    .formatted(connection))
            .expect(201);
    return new ApiClient(
        server.address(),
        created.text("key_id"),
        Base64.getDecoder().decode(created.text("secret")));
  }
}
