package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many callers at once, on one server and on two that share a database. */
class ConcurrentSyncTest {
  private static final int CALLERS = 64;
  private static final int BALANCES = 7;

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static List<TestServer> servers;
  private static int number;

  private String secretKey;
  private String connection;
  private String wallet;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    servers =
        List.of(
            TestServer.start(database, paystack.url()), TestServer.start(database, paystack.url()));
  }

  @AfterAll
  static void stop() {
    servers.forEach(TestServer::close);
    paystack.close();
  }

  @BeforeEach
  void aWallet() {
    secretKey = "sk_test_crowd_number_" + number++;
    paystack.has(secretKey, "NGN", 1_700_000);
    connection = client(0, 1).connect(secretKey);
    wallet = client(0, 1).register(connection, "NGN");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whileOneAsksTheProviderTheOthersAreToldToComeBack(int nodes) {
    var key = ApiClient.randomKey();
    var toldToComeBack = new CountDownLatch(CALLERS - 1);
    paystack.replies(
        secretKey,
        _ -> {
          await(toldToComeBack);
          return StubPaystack.balance("NGN", 4_200);
        });

    var answers =
        Concurrently.call(
            CALLERS,
            i -> {
              var answer = client(i, nodes).sync(wallet, key);
              if (answer.status() == 409) {
                toldToComeBack.countDown();
              }
              return answer;
            });

    var made = answers.stream().filter(answer -> answer.status() == 200).toList();
    assertThat(made).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() != 200))
        .allSatisfy(ConcurrentSyncTest::requireInFlight);
    requireOneOfEverything(key, made.getFirst().body(), nodes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void oneKeyMakesOneCallOneSnapshotOneEntryAndOneAnswer(int nodes) {
    var key = ApiClient.randomKey();

    var answers = Concurrently.call(CALLERS, i -> client(i, nodes).sync(wallet, key));

    var bodies = new HashSet<String>();
    for (var answer : answers) {
      if (answer.status() == 200) {
        bodies.add(answer.body());
      } else {
        requireInFlight(answer);
      }
    }
    assertThat(bodies).hasSize(1);
    requireOneOfEverything(key, bodies.iterator().next(), nodes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void withoutAKeyAnUnchangedBalanceMakesOneSnapshot(int nodes) {
    var answers = Concurrently.call(CALLERS, i -> client(i, nodes).sync(wallet).expect(200));

    assertThat(History.of(database, wallet).requireWhole().requireAudited(database).size())
        .isEqualTo(1);
    assertThat(answers.stream().map(answer -> answer.text("snapshot_id")).distinct()).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.text("outcome").equals("created")))
        .hasSize(1);
    assertThat(paystack.calls(secretKey)).isBetween(1, CALLERS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void withoutAKeyEachChangeOfAMovingBalanceMakesOneSnapshot(int nodes) {
    // each call tells another balance, for 64 callers may share as few as two
    paystack.replies(secretKey, call -> StubPaystack.balance("NGN", 100 + call % BALANCES));

    var answers = Concurrently.call(CALLERS, i -> client(i, nodes).sync(wallet).expect(200));

    var history = History.of(database, wallet).requireWhole().requireAudited(database);
    assertThat(history.size()).isGreaterThan(1);
    var ids = history.rows().stream().map(row -> row.id().toString()).toList();
    assertThat(answers).extracting(answer -> answer.text("snapshot_id")).isSubsetOf(ids);
    assertThat(answers.stream().filter(answer -> answer.text("outcome").equals("created")))
        .extracting(answer -> answer.text("snapshot_id"))
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(answers.stream().filter(answer -> answer.text("outcome").equals("superseded")))
        .hasSize(lateReadings());
    var newest = history.rows().getLast();
    assertThat(client(0, 1).balance(wallet).expect(200).json().get("sequence").asLong())
        .isEqualTo(newest.sequence());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void registeringAtOnceMakesOneWallet(int nodes) {
    var body = "{\"connection_id\":\"%s\",\"currency\":\"GHS\"}".formatted(connection);

    var answers = Concurrently.call(32, i -> client(i, nodes).post("/api/v1/wallets", body));

    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(31);
    assertThat(answers.stream().map(answer -> answer.text("wallet_id")).distinct()).hasSize(1);
  }

  @Test
  void theSameSecretTwiceAtOnceMakesOneConnection() {
    var body =
        """
        {"provider":"paystack","name":"Twice","credentials":{"secret_key":"%s_twice"}}
        """
            .formatted(secretKey);

    var answers = Concurrently.call(2, i -> client(i, 2).post("/api/v1/connections", body));

    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409);
    assertThat(answers).extracting(Answer::problem).containsOnlyOnce("credentials-in-use");
  }

  private void requireOneOfEverything(String key, String body, int nodes) {
    assertThat(paystack.calls(secretKey)).isEqualTo(1);
    assertThat(History.of(database, wallet).requireWhole().requireAudited(database).size())
        .isEqualTo(1);
    assertThat(Concurrently.call(CALLERS, i -> client(i, nodes).sync(wallet, key).expect(200)))
        .allSatisfy(
            again -> {
              assertThat(again.body()).isEqualTo(body);
              assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
            });
    assertThat(paystack.calls(secretKey)).isEqualTo(1);
  }

  private static void requireInFlight(Answer answer) {
    assertThat(answer.expect(409).problem()).isEqualTo("request-in-flight");
    assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
  }

  private int lateReadings() {
    return database
        .look()
        .sql("select count(*) from late_reading where wallet_id = ?::uuid")
        .param(wallet)
        .query(Integer.class)
        .single();
  }

  private static ApiClient client(int caller, int nodes) {
    return servers.get(caller % nodes).client();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
