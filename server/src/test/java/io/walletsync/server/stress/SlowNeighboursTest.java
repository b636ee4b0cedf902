package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.provider.simulator.flutterwave.FlutterwaveV3Simulator;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.PaystackWebhooks;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connections whose provider does not answer hold up no early sync of the others. */
class SlowNeighboursTest {
  /** More than run of one provider at once. */
  private static final int CROWD = 40;

  private static final int NEIGHBOURS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** Shorter than the ten seconds after which a call to a silent provider is given up. */
  private static final Duration WHILE_THEY_WAIT = Duration.ofSeconds(8);

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static FlutterwaveV3Simulator flutterwave;
  private static TestServer server;
  private static PaystackWebhooks webhooks;
  private static int number;

  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    flutterwave = FlutterwaveV3Simulator.start(0, InstantSource.system());
    server =
        TestServer.start(
            database,
            paystack.url(),
            Map.of(
                "WALLETSYNC_PROVIDERS_FLUTTERWAVE_V3_BASE_URL", flutterwave.baseUrl().toString()));
    webhooks = new PaystackWebhooks(server.address());
  }

  @AfterAll
  static void stop() {
    server.close();
    flutterwave.close();
    paystack.close();
  }

  @AfterEach
  void everybodyIsServedInTheEnd() {
    released.countDown();
    Eventually.within(PATIENCE, "nothing waits any more", () -> rows("status = 'WAITING'") == 0);
    assertThat(rows("status = 'FAILED'")).isZero();
  }

  @Test
  void whateverNumberOfConnectionsIsSlowAnotherProvidersAreServed() {
    silentConnectionsWithAnEvent(CROWD);
    flutterwave.addMerchant("FLWSECK_TEST-quick", "hash", Map.of("NGN", BigDecimal.TEN));
    var client = server.client();
    var connection =
        client
            .post(
                "/api/v1/connections",
                """
                {"provider":"flutterwave","api_version":"v3","name":"Quick","credentials":{
                  "secret_key":"FLWSECK_TEST-quick","webhook_secret_hash":"a-hash-of-our-own"}}""")
            .expect(201)
            .text("connection_id");
    var wallet = client.register(connection, "NGN");

    ApiClient.send(
            HttpRequest.newBuilder(server.address().resolve("/webhooks/flutterwave/" + connection))
                .header("verif-hash", "a-hash-of-our-own")
                .POST(BodyPublishers.ofString("{\"event\":\"charge.completed\"}"))
                .build())
        .expect(200);

    requireServedWhileTheOthersWait(connection, wallet);
  }

  @Test
  void manySlowConnectionsLeaveRoomForAQuickOneOfTheSameProvider() {
    silentConnectionsWithAnEvent(NEIGHBOURS);
    var secretKey = "sk_test_quick";
    paystack.has(secretKey, "NGN", 1_000);
    var connection = server.client().connect(secretKey);
    var wallet = server.client().register(connection, "NGN");

    webhooks.send(connection, secretKey, PaystackWebhooks.charge(1, 5)).expect(200);

    requireServedWhileTheOthersWait(connection, wallet);
  }

  /** Returns when as many of them are being asked as may be. */
  private void silentConnectionsWithAnEvent(int count) {
    var client = server.client();
    for (var i = 0; i < count; i++) {
      var secretKey = "sk_test_silent_" + number++;
      paystack.replies(
          secretKey,
          _ -> {
            asked.incrementAndGet();
            awaitRelease();
            return StubPaystack.balance("NGN", 4_200);
          });
      var connection = client.connect(secretKey);
      client.register(connection, "NGN");
      webhooks.send(connection, secretKey, PaystackWebhooks.charge(i, 5)).expect(200);
    }
    Eventually.within(PATIENCE, "the silent are asked", () -> asked.get() >= Math.min(count, 32));
  }

  private void requireServedWhileTheOthersWait(String connection, String wallet) {
    Eventually.within(
        WHILE_THEY_WAIT,
        "the quick one is served",
        () -> rows("status = 'DONE' and connection_id = '%s'".formatted(connection)) == 1);
    assertThat(server.client().balance(wallet).expect(200).text("balance")).isEqualTo("10.00");
    assertThat(rows("status = 'WAITING'")).isPositive();
  }

  private void awaitRelease() {
    try {
      var _ = released.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int rows(String condition) {
    return database
        .look()
        .sql("select count(*) from provider_event where " + condition)
        .query(Integer.class)
        .single();
  }
}
