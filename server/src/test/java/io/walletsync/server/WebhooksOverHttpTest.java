package io.walletsync.server;

import static io.walletsync.server.support.PaystackWebhooks.charge;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.PaystackWebhooks;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a provider announces is proved, kept once, and answered by looking; never believed. */
class WebhooksOverHttpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int MEBIBYTE = 1 << 20;
  private static final AtomicLong IDS = new AtomicLong(1_000);

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static PaystackWebhooks webhooks;
  private static int number;

  private ApiClient client;
  private String secretKey;
  private String connection;
  private String wallet;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server = TestServer.start(database, paystack.url());
    webhooks = new PaystackWebhooks(server.address());
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @BeforeEach
  void aWallet() {
    client = server.client();
    secretKey = "sk_test_webhooks_number_" + number++;
    paystack.has(secretKey, "NGN", 1_700_000);
    connection = client.connect(secretKey);
    wallet = client.register(connection, "NGN");
  }

  @Test
  void anEventIsStoredOnceItIsAnsweredAndTheBalanceIsAskedForSoonAfter() {
    var answer = deliver(charge(IDS.incrementAndGet(), 5)).expect(200);

    assertThat(answer.body()).isEqualTo("{\"status\":\"accepted\"}");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(rows("")).isEqualTo(1);
    awaitServed(1);
    var balance = client.balance(wallet).expect(200);
    assertThat(balance.text("balance")).isEqualTo("17000.00");
    assertThat(balance.text("source")).isEqualTo("webhook");
    assertThat(paystack.calls(secretKey)).isEqualTo(1);
  }

  @Test
  void whatCannotBeStoredIsNotAcknowledged() throws SQLException {
    var body = charge(IDS.incrementAndGet(), 5);
    try (var locking = database.asSuperuser().getConnection();
        var statement = locking.createStatement()) {
      locking.setAutoCommit(false);
      statement.execute("lock table provider_event in exclusive mode");

      var answer = deliver(body).expect(503);

      assertThat(answer.problem()).isEqualTo("database-unavailable");
      assertThat(answer.header("Retry-After")).isNotEmpty();
      locking.rollback();
    }
    assertThat(rows("")).isZero();
    assertThat(deliver(body).expect(200).text("status")).isEqualTo("accepted");
  }

  @Test
  void anEventThatIsDeliveredFiftyTimesAtOnceIsOneEvent() {
    var body = charge(IDS.incrementAndGet(), 5);

    var answers = Concurrently.call(50, _ -> deliver(body).expect(200).text("status"));

    assertThat(answers).containsOnlyOnce("accepted").contains("duplicate");
    awaitServed(1);
    assertThat(deliver(body).expect(200).text("status")).isEqualTo("duplicate");
    assertThat(rows("")).isEqualTo(1);
    assertThat(paystack.calls(secretKey)).isLessThanOrEqualTo(2);
  }

  @Test
  void anEventThatComesDuringASyncIsServedByOneThatStartsLater() throws InterruptedException {
    var asked = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    paystack.replies(
        secretKey,
        call -> {
          if (call == 1) {
            asked.countDown();
            await(go);
          }
          return StubPaystack.balance("NGN", call);
        });
    deliver(charge(IDS.incrementAndGet(), 5)).expect(200);
    asked.await();

    deliver(charge(IDS.incrementAndGet(), 5)).expect(200);
    go.countDown();

    Eventually.within(PATIENCE, "the first is served", () -> rows("DONE") == 1);
    awaitServed(2);
    assertThat(paystack.calls(secretKey)).isEqualTo(2);
    assertThat(client.balance(wallet).expect(200).text("balance")).isEqualTo("0.02");
  }

  @Test
  void aThousandEventsAreFewSyncs() {
    var begun = Instant.now();

    Concurrently.call(
        25,
        _ ->
            IntStream.range(0, 40)
                .map(_ -> deliver(charge(IDS.incrementAndGet(), 5)).expect(200).status())
                .sum());

    awaitServed(1_000);
    var spacings = Duration.between(begun, Instant.now()).toMillis() / 5_000;
    assertThat((long) paystack.calls(secretKey)).isBetween(1L, spacings + 1);
  }

  @Test
  void theLaneOfADeadWorkerIsTakenOver() {
    database
        .look()
        .sql(
            """
            insert into event_lane (connection_id, lease_token, lease_until, started_at, not_before,
                                    failures)
            values (?::uuid, gen_random_uuid(), clock_timestamp() + interval '3 seconds',
                    clock_timestamp(), clock_timestamp(), 0)
            """)
        .param(connection)
        .update();
    deliver(charge(IDS.incrementAndGet(), 5)).expect(200);

    awaitServed(1);

    assertThat(paystack.calls(secretKey)).isEqualTo(1);
  }

  @Test
  void whoeverIsNotTheProviderGetsOneAnswer() {
    var body = charge(1, 5).getBytes(StandardCharsets.UTF_8);
    var genuine = PaystackWebhooks.signature(secretKey, body);
    var forged = PaystackWebhooks.signature("sk_test_guessed", body);
    var removed = client.connect(secretKey + "_removed");
    client.delete("/api/v1/connections/" + removed).expect(204);
    var refusal = webhooks.send("paystack/" + connection, forged, body).expect(401);
    assertThat(refusal.problem()).isEqualTo("webhook-not-genuine");

    var others =
        Stream.of(
            answer("paystack/" + connection, "nonsense", body),
            answer("paystack/" + connection, genuine, "{}".getBytes(StandardCharsets.UTF_8)),
            answer("paystack/" + UUID.randomUUID(), genuine, body),
            answer("paystack/" + removed, genuine, body),
            answer("paystack/1-1-1-1-1", genuine, body),
            answer("fincra/" + connection, genuine, body),
            answer("nobody/" + connection, genuine, body));

    assertThat(others).containsOnly(answer(refusal, "paystack/" + connection));
    assertThat(rows("")).isZero();
  }

  /** Everything an answer says but its own request id and the path it was asked at. */
  private static String answer(String target, String signature, byte[] body) {
    return answer(webhooks.send(target, signature, body), target);
  }

  private static String answer(Answer answer, String target) {
    return answer.status()
        + " "
        + answer.response().headers().map().entrySet().stream()
            .filter(header -> !header.getKey().matches("(?i)x-request-id|date|content-length"))
            .toList()
        + answer.body().replace(target, "");
  }

  @Test
  void whoeverForgesOnAndOnIsNotListenedTo() {
    var body = "{}".getBytes(StandardCharsets.UTF_8);
    var statuses =
        IntStream.range(0, 130)
            .map(_ -> webhooks.send("paystack/" + connection, "forged", body).status())
            .boxed()
            .toList();

    assertThat(statuses).contains(401, 429);
    var last = webhooks.send("paystack/" + connection, "forged", body);
    if (last.status() == 429) { // a minute may just have begun
      assertThat(last.problem()).isEqualTo("webhook-refused-too-often");
      assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 60);
    }
  }

  @Test
  void bodiesHaveALimit() {
    var most =
        "{\"event\":\"customeridentification.success\",\"data\":{\"id\":\""
            + "x".repeat(MEBIBYTE - 100);
    var exact = (most + "\"}}").getBytes(StandardCharsets.UTF_8);
    var padded = Arrays.copyOf(exact, MEBIBYTE);
    Arrays.fill(padded, exact.length, MEBIBYTE, (byte) ' ');
    var more = Arrays.copyOf(padded, MEBIBYTE + 1);
    more[MEBIBYTE] = ' ';
    var target = "paystack/" + connection;

    webhooks.send(target, PaystackWebhooks.signature(secretKey, padded), padded).expect(200);
    var signature = PaystackWebhooks.signature(secretKey, more);
    var refused = webhooks.send(target, signature, more).expect(413);
    assertThat(refused.problem()).isEqualTo("body-too-large");
    assertThat(refused.json().get("max_bytes").asInt()).isEqualTo(MEBIBYTE);
    // without a length in its head, too
    webhooks
        .send(target, signature, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(more)))
        .expect(413);
    assertThat(rows("IGNORED")).isEqualTo(1);
  }

  @Test
  void anEventChangesNoBalanceByItself() {
    client.sync(wallet).expect(200);
    var before = client.balance(wallet).text("snapshot_id");

    deliver(charge(IDS.incrementAndGet(), 999_999_999)).expect(200);
    awaitServed(1);

    assertThat(client.balance(wallet).text("balance")).isEqualTo("17000.00");
    assertThat(client.balance(wallet).text("snapshot_id")).isEqualTo(before);
    deliver("{\"event\":\"customeridentification.success\",\"data\":{\"id\":1}}").expect(200);
    assertThat(rows("IGNORED")).isEqualTo(1);
  }

  @Test
  void whatIsGivenUpCanBeReplayed() {
    paystack.replies(secretKey, _ -> new StubPaystack.Reply(500, "oops"));
    deliver(charge(IDS.incrementAndGet(), 5)).expect(200);
    database
        .look()
        .sql("update provider_event set attempts = 9 where connection_id = ?::uuid")
        .param(connection)
        .update();
    Eventually.within(PATIENCE, "it is given up", () -> rows("FAILED") == 1);
    var listing = "/api/v1/provider-events?connection_id=" + connection;
    var failed = client.get(listing + "&status=failed").expect(200).json().at("/data/0");
    assertThat(failed.get("last_error").asString()).isEqualTo("unavailable");
    assertThat(failed.get("attempts").asInt()).isEqualTo(10);
    paystack.has(secretKey, "NGN", 42);
    openLane();

    var event = "/api/v1/provider-events/" + failed.get("event_id").asString();
    assertThat(client.post(event + "/replay", "{}").expect(200).text("status"))
        .isEqualTo("waiting");

    awaitServed(1);
    assertThat(client.get(event).expect(200).text("status")).isEqualTo("done");
    assertThat(client.balance(wallet).text("balance")).isEqualTo("0.42");
    assertThat(
            client
                .post(
                    "/api/v1/provider-events/replay",
                    "{\"connection_id\":\"%s\",\"status\":\"failed\"}".formatted(connection))
                .expect(200)
                .body())
        .isEqualTo("{\"replayed\":0}");
  }

  @Test
  void theEventsOfARemovedConnectionEnd() {
    paystack.replies(secretKey, _ -> new StubPaystack.Reply(500, "oops"));
    deliver(charge(IDS.incrementAndGet(), 5)).expect(200);
    client.delete("/api/v1/connections/" + connection + "?close_wallets=true").expect(204);
    openLane();

    Eventually.within(PATIENCE, "it is ignored", () -> rows("IGNORED") == 1);

    var event =
        client
            .get("/api/v1/provider-events?connection_id=" + connection)
            .expect(200)
            .json()
            .at("/data/0");
    assertThat(event.get("last_error").asString()).isEqualTo("connection_removed");
    var replay = "/api/v1/provider-events/" + event.get("event_id").asString() + "/replay";
    assertThat(client.post(replay, "{}").expect(409).problem()).isEqualTo("connection-removed");
    deliver(charge(IDS.incrementAndGet(), 5)).expect(401);
  }

  @Test
  void whatWasDeliveredIsStoredSealedAndNeverShown() {
    deliver(
            "{\"event\":\"customeridentification.success\",\"data\":{\"id\":7,\"name\":\"Ada Obi\"}}")
        .expect(200);

    var stored =
        database
            .look()
            .sql(
                "select encode(sealed, 'escape') || provider_event::text from provider_event"
                    + " where connection_id = ?::uuid")
            .param(connection)
            .query(String.class)
            .single();
    assertThat(stored).doesNotContain("Ada").doesNotContain("Obi");
    assertThat(client.get("/api/v1/provider-events?connection_id=" + connection).body())
        .contains("customeridentification.success")
        .doesNotContain("Ada");
  }

  @Test
  void deliveriesAndSyncsAreCounted() {
    var body = charge(IDS.incrementAndGet(), 5);
    deliver(body).expect(200);
    deliver(body).expect(200);
    deliver("{\"event\":\"customeridentification.success\",\"data\":{\"id\":9}}").expect(200);
    webhooks.send("paystack/" + connection, "forged", new byte[0]).expect(401);
    webhooks.send("who/" + connection, "forged", new byte[0]).expect(401);
    webhooks.send("paystack/" + connection, "forged", new byte[MEBIBYTE + 1]).expect(413);
    awaitServed(1);

    var scraped = client.get("/actuator/prometheus").expect(200).body();
    for (var result : new String[] {"accepted", "duplicate", "ignored", "refused", "too_large"}) {
      assertThat(scraped)
          .containsPattern(
              "walletsync_webhook_deliveries_total\\{provider=\"paystack\",result=\"%s\"} [1-9]"
                  .formatted(result));
    }
    assertThat(scraped)
        .containsPattern("deliveries_total\\{provider=\"unknown\",result=\"refused\"} [1-9]")
        .containsPattern(
            "walletsync_early_syncs_total\\{outcome=\"served\",provider=\"paystack\"} [1-9]")
        .contains("walletsync_provider_events_waiting ")
        .contains("walletsync_provider_events_oldest_waiting_seconds ")
        .doesNotContain(connection);
  }

  private Answer deliver(String body) {
    return webhooks.send(connection, secretKey, body);
  }

  private void awaitServed(int events) {
    Eventually.within(PATIENCE, "all are served", () -> rows("DONE") == events);
  }

  /** How many events of the connection there are, of one status or of any. */
  private int rows(String status) {
    return database
        .look()
        .sql(
            "select count(*) from provider_event where connection_id = ?::uuid"
                + " and ? in ('', status)")
        .param(connection)
        .param(status)
        .query(Integer.class)
        .single();
  }

  /** Lets the next sync be made now, as if the time before it had passed. */
  private void openLane() {
    database
        .look()
        .sql("update event_lane set not_before = clock_timestamp() where connection_id = ?::uuid")
        .param(connection)
        .update();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
