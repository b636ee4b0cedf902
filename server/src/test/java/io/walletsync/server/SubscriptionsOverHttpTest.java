package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import io.walletsync.server.webhook.StubReceiver;
import io.walletsync.server.webhook.StubReceiver.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a receiver gets, and what whoever runs it can do about that. */
class SubscriptionsOverHttpTest {
  static final String PATH = "/api/v1/webhook-subscriptions";
  private static final Duration SOON = Duration.ofSeconds(20);

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static int number;

  private final StubReceiver receiver = new StubReceiver();
  private ApiClient client;
  private String account;
  private String connection;
  private String wallet;
  private String subscription;
  private String secret;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server =
        TestServer.start(
            database,
            paystack.url(),
            Map.of(
                "WALLETSYNC_WEBHOOKS_ALLOW_LOCAL", "true",
                "WALLETSYNC_WEBHOOKS_RETRIES", "PT0.2S,PT0.2S"));
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @BeforeEach
  void aWalletAndWhoIsToldOfIt() {
    client = server.client();
    number++;
    account = "sk_test_told_of_" + number;
    paystack.has(account, "NGN", 5_000_00);
    connection = client.connect(account);
    wallet = client.register(connection, "NGN");
    var made = subscribe(client, receiver.url(), ofWallet()).expect(201);
    subscription = made.text("subscription_id");
    secret = made.text("secret");
  }

  @AfterEach
  void remove() {
    client.delete(PATH + "/" + subscription);
    receiver.close();
  }

  @Test
  void aChangeArrivesAndThePublishedLibraryAcceptsIt() throws Exception {
    client.sync(wallet).expect(200);
    paystack.has(account, "NGN", 4_000_50);
    client.sync(wallet).expect(200);

    soon("both changes", () -> receiver.received().size() == 2);
    var got =
        receiver.received().stream()
            .map(Received::body)
            .map(JsonMapper.shared()::readTree)
            .toList();
    assertThat(got).extracting(it -> it.get("type").asString()).containsOnly("balance.changed");
    var second = sequence(got, 2);
    assertThat(second.at("/data/data/snapshot/balance").asString()).isEqualTo("4000.50");
    assertThat(second.at("/data/data/previous/balance").asString()).isEqualTo("5000.00");
    assertThat(second.get("timestamp").asString())
        .isEqualTo(second.at("/data/occurred_at").asString());
    for (var each : receiver.received()) {
      assertThat(each.header("webhook-id"))
          .isEqualTo(JsonMapper.shared().readTree(each.body()).at("/data/event_id").asString());
      verify(secret, each);
    }
    soon("it is noted", () -> deliveries("delivered") == 2);
    assertThat(client.get(path("")).expect(200).text("last_success_at")).isNotEmpty();
  }

  @Test
  void onlyWhatIsWantedIsSent() {
    var other = client.register(connection, "GHS");
    paystack.replies(
        account,
        _ ->
            new StubPaystack.Reply(
                200,
                "{\"status\":true,\"message\":\"ok\",\"data\":[{\"currency\":\"NGN\",\"balance\":1},"
                    + "{\"currency\":\"GHS\",\"balance\":2}]}"));
    var ofCurrency = new StubReceiver();
    try (ofCurrency) {
      var made =
          subscribe(client, ofCurrency.url(), "{\"currencies\":[\"GHS\"],\"owner_ids\":[]}")
              .expect(201)
              .text("subscription_id");
      client.sync(other).expect(200);
      client.sync(wallet).expect(200);

      soon("one each", () -> receiver.received().size() == 1 && ofCurrency.received().size() == 1);
      assertThat(ofCurrency.received().getFirst().body()).contains(other);
      assertThat(receiver.received().getFirst().body()).contains(wallet);
      client.delete(PATH + "/" + made).expect(204);
    }
  }

  @Test
  void aFailureIsTriedAgainWithTheSameBytesAndGivenUpInTheEnd() {
    receiver.answers(500);
    client.sync(wallet).expect(200);

    soon("it is given up", () -> deliveries("dead") == 1);
    assertThat(receiver.received()).hasSize(3);
    assertThat(receiver.received()).extracting(Received::body).containsOnly(first().body());
    assertThat(receiver.received())
        .extracting(it -> it.header("webhook-id"))
        .containsOnly(first().header("webhook-id"));
    var delivery = delivery();
    assertThat(delivery.get("attempt_log")).hasSize(3);
    assertThat(delivery.at("/attempt_log/0/response_status").asInt()).isEqualTo(500);
    assertThat(delivery.at("/attempt_log/0/error").asString()).isEqualTo("refused");
    assertThat(client.get(path("")).text("failing_since")).isNotEmpty();

    receiver.answers(200);
    client.post(path("/deliveries/" + first().header("webhook-id") + "/replay"), "{}").expect(202);

    soon("it is delivered after all", () -> deliveries("delivered") == 1);
    assertThat(receiver.received()).extracting(Received::body).containsOnly(first().body());
    assertThat(client.get(path("")).json().get("failing_since").isNull()).isTrue();
  }

  @Test
  void whoIsGoneIsDisabledAndEnabledByAPersonAlone() {
    receiver.answers(410);
    client.sync(wallet).expect(200);

    soon("it is disabled", () -> client.get(path("")).text("status").equals("disabled"));
    assertThat(client.get(path("")).text("disabled_reason")).isEqualTo("gone");
    assertThat(client.patch(path(""), "{\"status\":\"active\"}").expect(409).problem())
        .isEqualTo("webhook-subscription-disabled");
    assertThat(audited("disable_webhook_subscription")).isEqualTo(1);
    // what happens meanwhile is not kept
    paystack.has(account, "NGN", 1_00);
    client.sync(wallet).expect(200);
    soon("it was looked at", SubscriptionsOverHttpTest::isAllLookedAt);
    var delivery = path("/deliveries/" + first().header("webhook-id") + "/replay");
    assertThat(client.post(delivery, "{}").expect(409).problem())
        .isEqualTo("webhook-subscription-disabled");
    var today =
        "{\"from\":\"%s\",\"to\":\"%s\"}"
            .formatted(Instant.now().minusSeconds(600), Instant.now().plusSeconds(600));
    assertThat(client.post(path("/replay"), today).expect(409).problem())
        .isEqualTo("webhook-subscription-disabled");
    assertThat(audited("replay_delivery_of_webhook_subscription")).isZero();
    receiver.answers(200);
    client.post(path("/enable"), "{}").expect(200);

    soon("what waited is sent", () -> deliveries("delivered") == 1);
    var range =
        client
            .post(
                path("/replay"),
                "{\"from\":\"%s\",\"to\":\"%s\"}"
                    .formatted(
                        Instant.parse(client.balance(wallet).text("created_at"))
                            .minus(Duration.ofMinutes(5)),
                        Instant.parse(client.balance(wallet).text("created_at"))
                            .plus(Duration.ofMinutes(5))))
            .expect(202);
    assertThat(range.json().get("events").asInt()).isEqualTo(2);
    assertThat(range.json().get("has_more").asBoolean()).isFalse();
    soon("all is delivered", () -> deliveries("delivered") == 2);
    assertThat(receiver.received().stream().map(it -> it.header("webhook-id")).distinct().toList())
        .hasSize(2);
  }

  @Test
  void whileItIsPausedWhatHappensWaits() {
    client.patch(path(""), "{\"status\":\"paused\"}").expect(200);
    client.sync(wallet).expect(200);
    soon("it is kept", () -> deliveries("waiting") == 1);
    assertThat(receiver.received()).isEmpty();

    client.patch(path(""), "{\"status\":\"active\",\"name\":\"Renamed\"}").expect(200);

    soon("it is sent", () -> receiver.received().size() == 1);
    assertThat(client.get(path("")).text("name")).isEqualTo("Renamed");
  }

  @Test
  void twoSecretsSignWhileTheyOverlap() throws Exception {
    var rotated = client.post(path("/rotate-secret"), "{\"overlap_seconds\":3600}").expect(200);
    assertThat(rotated.header("Cache-Control")).contains("no-store");
    client.sync(wallet).expect(200);
    soon("it arrives", () -> receiver.received().size() == 1);
    verify(secret, first());
    verify(rotated.text("secret"), first());

    var alone = client.post(path("/rotate-secret"), "{\"overlap_seconds\":0}").expect(200);
    assertThat(client.post(path("/ping"), "{}").expect(200).json().get("delivered").asBoolean())
        .isTrue();
    verify(alone.text("secret"), last());
    assertThatCode(() -> verify(rotated.text("secret"), last()))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void aRotationWhoseAnswerWasLostIsRepeatedAndTheSecretThatIsKnownStaysValid() throws Exception {
    var lost = client.post(path("/rotate-secret"), "{\"overlap_seconds\":3600}").expect(200);
    var again = client.post(path("/rotate-secret"), "{\"overlap_seconds\":7200}").expect(200);

    assertThat(again.text("previous_secret_expires_at"))
        .isEqualTo(lost.text("previous_secret_expires_at"));
    client.post(path("/ping"), "{}").expect(200);
    verify(secret, last());
    verify(again.text("secret"), last());
    assertThatCode(() -> verify(lost.text("secret"), last()))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void aPingSaysWhatCameOfIt() throws Exception {
    receiver.answers(_ -> new StubReceiver.Answer(404, Map.of(), "no such hook"));

    var ping = client.post(path("/ping"), "{}").expect(200).json();

    assertThat(ping.get("delivered").asBoolean()).isFalse();
    assertThat(ping.get("response_status").asInt()).isEqualTo(404);
    assertThat(ping.get("response").asString()).isEqualTo("no such hook");
    verify(secret, first());
    assertThat(JsonMapper.shared().readTree(first().body()).get("type").asString())
        .isEqualTo("webhook.ping");
    assertThat(audited("ping_webhook_subscription")).isEqualTo(1);
  }

  @Test
  void aReceiverThatHangsHoldsUpNobodyElseAndHasFewCallsAtOnce() {
    var never = new CountDownLatch(1);
    try (var slow = new StubReceiver()) {
      slow.answers(
          _ -> {
            await(never);
            return new StubReceiver.Answer(200, Map.of(), "");
          });
      var other = subscribe(client, slow.url(), ofWallet()).expect(201).text("subscription_id");
      for (var amount = 1; amount <= 30; amount++) {
        paystack.has(account, "NGN", amount);
        client.sync(wallet).expect(200);
      }

      soon("the quick one has all", () -> receiver.received().size() == 30);
      assertThat(slow.mostAtOnce()).isBetween(1, 8);
      never.countDown();
      client.delete(PATH + "/" + other).expect(204);
    }
  }

  @Test
  void aLimitedKeysSubscriptionIsLimitedForEver() {
    var key =
        client
            .post(
                "/api/v1/api-keys",
                """
                {"name": "limited", "connection_ids": ["%s"], "scopes": ["webhooks:write"]}
                """
                    .formatted(connection))
            .expect(201);
    var limited =
        new ApiClient(
            server.address(), key.text("key_id"), Base64.getDecoder().decode(key.text("secret")));
    paystack.has("sk_test_elsewhere_" + number, "NGN", 7);
    var elsewhere = client.register(client.connect("sk_test_elsewhere_" + number), "NGN");
    try (var inside = new StubReceiver()) {
      var made = subscribe(limited, inside.url(), "{}").expect(201);
      client.sync(elsewhere).expect(200);
      client.sync(wallet).expect(200);

      soon("its own arrives", () -> !inside.received().isEmpty());
      soon("the other's is through", () -> receiver.received().size() == 1);
      assertThat(inside.received()).hasSize(1);
      assertThat(inside.received().getFirst().body()).contains(wallet);
      assertThat(limited.get(PATH).expect(200).json().get("data")).hasSize(1);
      limited.get(path("")).expect(404);
      limited.delete(PATH + "/" + made.text("subscription_id")).expect(204);
    }
  }

  @Test
  void noSecretAndNoAddressIsShownAgain() {
    var url = receiver.url() + "/very-secret-token?token=very-secret-token";
    var made = subscribe(client, url, ofWallet()).expect(201);
    var id = made.text("subscription_id");
    var slack =
        client
            .post(
                PATH,
                "{\"name\":\"Room\",\"channel\":{\"type\":\"slack\",\"url\":\"%s/T0/very-secret-token\"}}"
                    .formatted(receiver.url()))
            .expect(201)
            .body();

    assertThat(made.text("secret")).startsWith("whsec_");
    assertThat(made.body() + slack).doesNotContain("very-secret-token");
    assertThat(client.get(PATH).expect(200).body()).doesNotContain("very-secret-token", "whsec_");
    assertThat(client.get("/api/v1/audit-entries?limit=100").expect(200).body())
        .doesNotContain("very-secret-token", "whsec_");
    var stored =
        database
            .look()
            .sql(
                """
                select subscription::text || subscription_secret::text
                  from subscription
                  left join subscription_secret using (subscription_id)
                """)
            .query(String.class)
            .list();
    assertThat(stored.toString()).doesNotContain("very-secret-token", "127.0.0.1");
    client.delete(PATH + "/" + id).expect(204);
  }

  @Test
  void whatIsWrongIsSaid() {
    for (var bad :
        List.of(
            "{}",
            "{\"name\":\"x\",\"channel\":{\"type\":\"webhook\"}}",
            "{\"name\":\"x\",\"channel\":{\"type\":\"carrier\",\"url\":\"https://a.example/\"}}",
            "{\"name\":\"x\",\"channel\":{\"type\":\"webhook\",\"url\":\"gopher://a.example/\"}}",
            "{\"name\":\"x\",\"channel\":{\"type\":\"webhook\",\"url\":\"https://u:p@a.example/\"}}",
            "{\"name\":\"x\",\"channel\":{\"type\":\"email\",\"to\":[\"a@b.example\\r\\nBcc: c@d.e\"]}}",
            "{\"name\":\"x\",\"channel\":{\"type\":\"webhook\",\"url\":\"https://a.example/\"},"
                + "\"filter\":{\"events\":[\"everything\"]}}",
            "{\"name\":\"x\",\"channel\":{\"type\":\"webhook\",\"url\":\"https://a.example/\"},"
                + "\"filter\":{\"colour\":[\"blue\"]}}")) {
      assertThat(client.post(PATH, bad).expect(400).problem()).as(bad).isEqualTo("invalid-request");
    }
    var email = "{\"name\":\"x\",\"channel\":{\"type\":\"email\",\"to\":[\"ops@example.com\"]}}";
    assertThat(client.post(PATH, email).expect(422).problem()).isEqualTo("channel-not-configured");
    assertThat(
            client
                .patch(
                    path(""),
                    "{\"channel\":{\"type\":\"slack\",\"url\":\"https://hooks.example.com/x\"}}")
                .expect(422)
                .problem())
        .isEqualTo("other-channel-type");
    assertThat(
            client
                .post(path("/rotate-secret"), "{\"overlap_seconds\":604801}")
                .expect(400)
                .problem())
        .isEqualTo("invalid-request");
    var range = "{\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\"}";
    assertThat(client.post(path("/replay"), range).expect(400).problem())
        .isEqualTo("invalid-request");
  }

  @Test
  void aRequestWhoseAnswerWasLostMakesNoSecondSubscription() {
    var body =
        "{\"name\":\"Once\",\"channel\":{\"type\":\"webhook\",\"url\":\"%s\"}}"
            .formatted(receiver.url());
    var key = ApiClient.randomKey();
    var first = client.post(PATH, key, body).expect(201);
    var id = first.text("subscription_id");

    var again = client.post(PATH, key, body).expect(200);

    assertThat(again.text("subscription_id")).isEqualTo(id);
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    assertThat(again.json().has("secret")).isFalse();
    assertThat(again.body()).doesNotContain("whsec_");
    var names = client.get(PATH).expect(200).json().get("data").valueStream();
    assertThat(names.map(it -> it.get("name").asString())).containsOnlyOnce("Once");
    assertThat(client.post(PATH, key, body.replace("Once", "Twice")).expect(422).problem())
        .isEqualTo("idempotency-key-reused");
    var stored =
        database
            .look()
            .sql("select coalesce(answer, '') from idempotency_record")
            .query(String.class)
            .list();
    assertThat(stored.toString()).contains(id).doesNotContain("whsec_", receiver.url());
    client.delete(PATH + "/" + id).expect(204);
    assertThat(client.post(PATH, key, body).expect(404).problem())
        .isEqualTo("webhook-subscription-not-found");
    // what came to nothing leaves the key free
    var email = "{\"name\":\"x\",\"channel\":{\"type\":\"email\",\"to\":[\"ops@example.com\"]}}";
    var other = ApiClient.randomKey();
    client.post(PATH, other, email).expect(422);
    client.delete(PATH + "/" + client.post(PATH, other, body).expect(201).text("subscription_id"));
  }

  @Test
  void everythingThatIsWrongWithAReplayIsSaidAtOnce() {
    var bad = "{\"from\":\"yesterday\",\"to\":1,\"cursor\":\"no cursor\"}";

    assertThat(client.post(path("/replay"), bad).expect(400).json().get("errors").valueStream())
        .extracting(it -> it.get("field").asString())
        .containsExactlyInAnyOrder("from", "to", "cursor");
  }

  @Test
  void aNullInAChangeIsNotTakenForEverythingNorForAnUnknownField() {
    for (var field : List.of("filter", "channel")) {
      var refused = client.patch(path(""), "{\"" + field + "\":null}").expect(400);

      assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo(field);
      assertThat(refused.json().at("/errors/0/detail").asString()).startsWith("must be an object");
      assertThat(refused.json().get("errors")).hasSize(1);
    }
    assertThat(client.get(path("")).json().at("/filter/wallet_ids/0").asString()).isEqualTo(wallet);
  }

  private String ofWallet() {
    return "{\"events\":[\"balance.changed\"],\"wallet_ids\":[\"" + wallet + "\"]}";
  }

  static Answer subscribe(ApiClient by, String url, String filter) {
    return by.post(
        PATH,
        "{\"name\":\"Ledger\",\"channel\":{\"type\":\"webhook\",\"url\":\"%s\"},\"filter\":%s}"
            .formatted(url, filter));
  }

  private String path(String rest) {
    return PATH + "/" + subscription + rest;
  }

  private int deliveries(String state) {
    return client.get(path("/deliveries?state=" + state)).expect(200).json().get("data").size();
  }

  private JsonNode delivery() {
    return client.get(path("/deliveries/" + first().header("webhook-id"))).expect(200).json();
  }

  private Received first() {
    return receiver.received().getFirst();
  }

  private Received last() {
    return receiver.received().getLast();
  }

  private long audited(String action) {
    return client
        .get("/api/v1/audit-entries?action=" + action + "&subject_id=" + subscription)
        .expect(200)
        .json()
        .get("data")
        .size();
  }

  private static JsonNode sequence(List<JsonNode> messages, int sequence) {
    return messages.stream()
        .filter(it -> it.at("/data/sequence").asInt() == sequence)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isAllLookedAt() {
    return database
        .look()
        .sql(
            """
            select not exists (
              select 1 from outbox_event
               where (outbox_event.epoch, outbox_event.transaction_id, outbox_event.event_id)
                     > (outbox_bookmark.epoch, outbox_bookmark.transaction_id,
                        outbox_bookmark.event_id))
              from outbox_bookmark
             where reader = 'subscriptions'
            """)
        .query(Boolean.class)
        .single();
  }

  private static void verify(String secret, Received got) throws Exception {
    new Webhook(secret)
        .verify(
            got.body(),
            Map.of(
                "webhook-id", List.of(got.header("webhook-id")),
                "webhook-timestamp", List.of(got.header("webhook-timestamp")),
                "webhook-signature", List.of(got.header("webhook-signature"))));
  }

  private static void soon(String what, BooleanSupplier happened) {
    Eventually.within(SOON, what, happened);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
