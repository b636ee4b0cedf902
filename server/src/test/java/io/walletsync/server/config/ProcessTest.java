package io.walletsync.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The process from outside: what it writes, how it stops, and with what status it ends. */
class ProcessTest {
  private static final String SECRET_KEY = "sk_live_a_secret_that_must_not_be_written_anywhere";
  private static final int WRONG_SETTING = 78;

  @Test
  void writesJsonWithRequestIdsAndNoSecretAndStopsWithoutLosingASync() throws Exception {
    var database = TestDatabase.create();
    try (var paystack = new StubPaystack()) {
      paystack.has(SECRET_KEY, "NGN", 100);
      var environment = TestServer.environment(database, paystack.url());
      try (var server = ObservedServer.start(environment)) {
        var address = server.address();
        var client = TestServer.client(address);
        var wallet = client.register(client.connect(SECRET_KEY), "NGN");
        var newSecret = callEveryWay(client, wallet, address);

        holdASyncWhileItStops(server, paystack, client, wallet, address);

        assertThat(server.exitStatus()).isZero();
        assertOutput(server.output());
        var secrets = secrets(environment);
        secrets.put("a new key's secret", newSecret);
        var written = server.toString();
        secrets.forEach((what, secret) -> assertThat(written).as(what).doesNotContain(secret));
      }
    }
    assertThat(
            database
                .look()
                .sql("select count(*) from wallet_balance_snapshot")
                .query(Integer.class)
                .single())
        .isEqualTo(2);
  }

  /** Good and bad calls, each under a request id that can be looked for; returns a secret. */
  private static String callEveryWay(ApiClient client, String wallet, URI address) {
    call(client, "GET", "/api/v1/wallets/" + wallet, "read").expect(200);
    call(client, "POST", "/api/v1/wallets/" + wallet + "/sync-balance", "sync").expect(200);
    call(client, "GET", "/api/v1/wallets/nonsense", "bad").expect(400);
    var stranger = new ApiClient(address, TestServer.KEY_ID, new byte[32]);
    call(stranger, "GET", "/api/v1/wallets", "stranger").expect(401);
    ApiClient.send(
            HttpRequest.newBuilder(address.resolve("/api/v1/wallets"))
                .header("X-Request-Id", "unsigned")
                .build())
        .expect(401);
    return client
        .post("/api/v1/api-keys", "{\"name\":\"shop\",\"scopes\":[\"wallets:read\"]}")
        .expect(201)
        .text("secret");
  }

  private static ApiClient.Answer call(
      ApiClient client, String method, String target, String requestId) {
    return client.send(method, target, null, Map.of("X-Request-Id", requestId), null);
  }

  private static void holdASyncWhileItStops(
      ObservedServer server, StubPaystack paystack, ApiClient client, String wallet, URI address)
      throws InterruptedException {
    var asked = new CountDownLatch(1);
    var mayAnswer = new CountDownLatch(1);
    paystack.replies(
        SECRET_KEY,
        _ -> {
          asked.countDown();
          await(mayAnswer);
          return StubPaystack.balance("NGN", 4_200);
        });
    var held = Concurrently.supply(() -> client.sync(wallet));
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

    server.terminate();

    Eventually.within(
        Duration.ofSeconds(30), "nobody new gets in", () -> !accepts(address.getPort()));
    mayAnswer.countDown();
    assertThat(held.join().expect(200).text("balance")).isEqualTo("42.00");
  }

  private static boolean accepts(int port) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertOutput(List<String> lines) {
    var requests =
        lines.stream()
            .map(line -> JsonMapper.shared().readTree(line))
            .filter(line -> line.at("/log/logger").asString("").equals("io.walletsync.http"))
            .toList();

    // the last of them was answered while the server stopped
    assertThat(requests).hasSize(9).allMatch(line -> line.has("request_id"));
    assertThat(statuses(requests))
        .containsEntry("read", 200)
        .containsEntry("sync", 200)
        .containsEntry("bad", 400)
        .containsEntry("stranger", 401)
        .containsEntry("unsigned", 401);
  }

  private static Map<String, Integer> statuses(List<JsonNode> requests) {
    var statuses = new HashMap<String, Integer>();
    requests.forEach(
        line ->
            statuses.put(
                line.get("request_id").asString(), line.at("/http/response/status_code").asInt()));
    return statuses;
  }

  private static Map<String, String> secrets(Map<String, String> environment) {
    var secrets = new HashMap<String, String>();
    secrets.put("the provider's secret", SECRET_KEY);
    for (var name : List.of("WALLETSYNC_BOOTSTRAP_KEY_SECRET", "WALLETSYNC_MASTER_KEY")) {
      var encoded = String.valueOf(environment.get(name));
      secrets.put(name, encoded);
      secrets.put(
          name + " decoded",
          new String(Base64.getDecoder().decode(encoded), StandardCharsets.US_ASCII));
    }
    for (var name : List.of("WALLETSYNC_DATABASE_URL", "WALLETSYNC_DATABASE_OWNER_URL")) {
      var address = DatabaseAddress.parse(name, String.valueOf(environment.get(name)));
      secrets.put(name, address.password());
    }
    return secrets;
  }

  @Test
  void aWrongSettingEndsInItsSentenceAndAStatusOfItsOwn() {
    try (var server =
        ObservedServer.start(Map.of("WALLETSYNC_PORT", "http", "WALLETSYNC_PROT", "1"))) {
      assertThat(server.exitStatus()).isEqualTo(WRONG_SETTING);
      assertThat(server.output()).isEmpty();
      assertThat(server.errors())
          .containsExactly(
              "walletsync: WALLETSYNC_PROT is not a setting; is it misspelt?",
              "walletsync: WALLETSYNC_PORT must be a port number from 0 (any free port) to 65535,"
                  + " and is http.");
    }
  }

  @Test
  void aProblemBehindTheSettingsEndsTheSameWay() {
    var environment =
        new HashMap<>(
            TestServer.environment(TestDatabase.create(), URI.create("http://127.0.0.1:9")));
    environment.remove("WALLETSYNC_MASTER_KEY");
    try (var server = ObservedServer.start(environment)) {
      assertThat(server.exitStatus()).isEqualTo(WRONG_SETTING);
      assertThat(server.output()).allSatisfy(line -> JsonMapper.shared().readTree(line));
      assertThat(server.errors())
          .containsExactly(
              "walletsync: WALLETSYNC_MASTER_KEY is required with WALLETSYNC_DATABASE_URL; make one"
                  + " with: openssl rand -base64 32");
    }
  }
}
