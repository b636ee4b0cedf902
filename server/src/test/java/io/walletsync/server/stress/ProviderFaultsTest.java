package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.walletsync.core.provider.BalanceProviderContract.Scene;
import io.walletsync.server.provider.StubProvider;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.TcpProxy;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the provider does wrong becomes a typed problem, and never a balance. */
class ProviderFaultsTest {
  private static final String GOOD =
      """
      {"status":true,"message":"Balances retrieved","data":[{"currency":"NGN","balance":4200}]}
      """;
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final int WAITING = 40;
  private static final Duration SLACK = Duration.ofSeconds(2);

  private static TestDatabase database;
  private static StubProvider provider;
  private static TcpProxy wayToProvider;
  private static TestServer server;
  private static int number;

  private ApiClient client;
  private String wallet;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    provider = new StubProvider();
    wayToProvider = new TcpProxy("127.0.0.1:" + provider.url().getPort());
    server = TestServer.start(database, URI.create("http://" + wayToProvider.hostAndPort()));
  }

  @AfterAll
  static void stop() {
    server.close();
    wayToProvider.close();
    provider.close();
  }

  @BeforeEach
  void aWallet() {
    client = server.client();
    wallet = client.register(client.connect("sk_test_faulty_" + number++), "NGN");
  }

  /** What the provider does, and what the caller is told. */
  record Fault(String name, Scene scene, int status, String problem, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault("500", Scene.status(500), 502, "provider-failed", "unavailable"),
        new Fault("429", Scene.status(429), 503, "provider-rate-limited", "rate_limited"),
        new Fault("401", Scene.status(401), 502, "provider-failed", "unauthorized"),
        new Fault(
            "a web page",
            Scene.ok("<html>Maintenance</html>"),
            502,
            "provider-failed",
            "unreadable"),
        new Fault(
            "a no",
            Scene.ok("{\"status\":false,\"message\":\"No\"}"),
            502,
            "provider-failed",
            "rejected"),
        new Fault("half a body", new Scene.BreaksOff(GOOD), 502, "provider-failed", "unreachable"),
        new Fault("hangs up", new Scene.HangsUp(), 502, "provider-failed", "unreachable"),
        new Fault(
            "another currency",
            Scene.ok(GOOD.replace("NGN", "GHS")),
            422,
            "currency-not-offered",
            "currency_missing"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isAProblemThatLeavesNothingButItsTrace(Fault fault) {
    provider.at("/balance", fault.scene());
    requireFault(fault);
  }

  @Test
  @Tag("long")
  void silenceEndsAtTheDeadline() {
    provider.at("/balance", new Scene.Silence());
    var begun = System.nanoTime();

    requireFault(new Fault("silence", new Scene.Silence(), 504, "provider-timeout", "timeout"));

    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(DEADLINE, DEADLINE.plus(SLACK));
  }

  private void requireFault(Fault fault) {
    var key = ApiClient.randomKey();
    var failuresBefore = failures(fault.reason());

    var answer = client.sync(wallet, key).expect(fault.status());

    assertThat(answer.problem()).isEqualTo(fault.problem());
    assertThat(answer.text("reason")).isEqualTo(fault.reason());
    assertThat(answer.body()).doesNotContain("sk_test", "Maintenance");
    assertThat(failures(fault.reason())).isEqualTo(failuresBefore + 1);
    assertThat(History.of(database, wallet).size()).isZero();
    assertThat(client.balance(wallet).expect(404).problem()).isEqualTo("no-snapshot-yet");
    requireTrace(key, fault.reason());

    provider.at("/balance", Scene.ok(GOOD));
    var retried = client.sync(wallet, key).expect(200);
    assertThat(retried.text("outcome")).isEqualTo("created");
    assertThat(retried.text("balance")).isEqualTo("42.00");
  }

  private void requireTrace(String key, String reason) {
    var entries =
        client
            .get("/api/v1/audit-entries?action=sync_balance&subject_id=" + wallet)
            .expect(200)
            .json()
            .get("data");
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).get("outcome").asString()).isEqualTo("failed");
    assertThat(entries.get(0).get("details").get("reason").asString()).isEqualTo(reason);
    assertThat(entries.get(0).get("details").get("idempotency_key").asString()).isEqualTo(key);
  }

  @Test
  void aProviderThatSaysHowLongToWaitIsQuoted() {
    provider.at("/balance", new Scene.Answers(429, Map.of("Retry-After", "7"), ""));
    assertThat(client.sync(wallet).expect(503).header("Retry-After")).isEqualTo("7");

    provider.at("/balance", Scene.status(429));
    assertThat(client.sync(wallet).expect(503).header("Retry-After")).matches("[1-9][0-9]*");
  }

  @Test
  void aBalanceThatIsKnownSurvivesAFault() {
    provider.at("/balance", Scene.ok(GOOD));
    client.sync(wallet).expect(200);
    var known = client.balance(wallet).expect(200);
    for (var fault : faults().toList()) {
      provider.at("/balance", fault.scene());
      client.sync(wallet).expect(fault.status());
    }

    assertThat(client.balance(wallet).expect(200).header("ETag")).isEqualTo(known.header("ETag"));
    assertThat(History.of(database, wallet).size()).isEqualTo(1);
  }

  @Test
  void whoWaitsForAProviderHoldsNoConnectionOfThePool() {
    provider.at("/balance", Scene.ok(GOOD));
    client.sync(wallet).expect(200);
    var others =
        IntStream.range(0, WAITING)
            .mapToObj(_ -> client.register(client.connect("sk_test_faulty_" + number++), "NGN"))
            .toList();
    var pool = server.running().context().getBean(HikariDataSource.class).getHikariPoolMXBean();
    wayToProvider.hang();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting =
          others.stream()
              .map(other -> threads.submit(() -> client.sync(other, ApiClient.randomKey())))
              .toList();
      Eventually.within(
          Duration.ofSeconds(8), "all of them ask the provider", () -> inFlight() == WAITING);

      Eventually.within(
          Duration.ofSeconds(2), "the pool is idle", () -> pool.getActiveConnections() == 0);
      for (var i = 0; i < 10; i++) {
        var begun = System.nanoTime();
        client.balance(wallet).expect(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SLACK);
      }
      assertThat(waiting).noneMatch(Future::isDone);
      wayToProvider.goOn();

      assertThat(waiting).allSatisfy(answer -> answer.get().expect(200));
    } finally {
      wayToProvider.goOn();
    }
  }

  private static int inFlight() {
    return database
        .look()
        .sql("select count(*) from idempotency_record where answer is null")
        .query(Integer.class)
        .single();
  }

  private double failures(String reason) {
    var counter =
        Pattern.compile(
            "walletsync_provider_failures_total\\{provider=\"paystack\",reason=\""
                + reason
                + "\"\\} ([0-9.]+)");
    var found = counter.matcher(client.get("/actuator/prometheus").expect(200).body());
    return found.find() ? Double.parseDouble(found.group(1)) : 0;
  }
}
