package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection's call budget: set and shown over HTTP, and kept by two nodes together. */
class CallBudgetOverHttpTest {
  private static final String CONNECTIONS = "/api/v1/connections";

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static List<TestServer> servers;
  private static int number;

  private ApiClient client;
  private String secret;
  private String connection;

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
  void aConnection() {
    client = servers.getFirst().client();
    secret = "sk_test_call_budget_number_" + number++;
    paystack.has(secret, "NGN", 1_700_000);
    connection = client.connect(secret);
  }

  @Test
  void callsAreNotLimitedUnlessSomebodySaysSo() {
    var budget = client.get(path()).expect(200).json().get("call_budget");

    assertThat(budget.toString()).isEqualTo("{\"per_second\":null,\"per_day\":null}");
  }

  @Test
  void aBudgetIsSetShownAndTakenAway() {
    var set = change("{\"per_second\":10,\"per_day\":5000}").expect(200);

    assertThat(set.json().at("/call_budget/per_second/limit").asInt()).isEqualTo(10);
    var day = set.json().at("/call_budget/per_day");
    assertThat(day.get("limit").asInt()).isEqualTo(5_000);
    assertThat(day.get("remaining").asInt()).isEqualTo(5_000);
    var resetsAt = Instant.parse(day.get("resets_at").asString());
    assertThat(resetsAt).isEqualTo(resetsAt.truncatedTo(ChronoUnit.DAYS));
    assertThat(Duration.between(Instant.now(), resetsAt))
        .isBetween(Duration.ofMinutes(-1), Duration.ofDays(1));
    var listed = client.get(CONNECTIONS + "?limit=100").expect(200).body();
    assertThat(listed).contains("\"limit\":5000");
    assertThat(
            change("{\"per_second\":null}")
                .expect(200)
                .json()
                .at("/call_budget/per_second")
                .isNull())
        .isTrue();
    assertThat(change("{}").expect(200).json().at("/call_budget/per_day/limit").asInt())
        .isEqualTo(5_000);
  }

  @Test
  void aConnectionIsMadeWithABudget() {
    var made =
        client
            .post(
                CONNECTIONS,
                """
                {"provider":"paystack","name":"x","credentials":{"secret_key":"%s_b"},
                 "call_budget":{"per_day":7}}
                """
                    .formatted(secret))
            .expect(201);

    assertThat(made.json().at("/call_budget/per_day/limit").asInt()).isEqualTo(7);
    assertThat(made.json().at("/call_budget/per_second").isNull()).isTrue();
  }

  @Test
  void aChangeLeavesATraceAndNeedsAConnection() {
    change("{\"per_second\":10}").expect(200);

    assertThat(client.get("/api/v1/audit-entries?subject_id=" + connection).expect(200).body())
        .contains("\"change_connection\"", "\"calls_per_second\":\"10\"");
    client.delete(path()).expect(204);
    assertThat(change("{\"per_second\":11}").expect(404).problem())
        .isEqualTo("connection-not-found");
  }

  /** Each sync of Paystack makes two calls: the balance, and its ledger. */
  @Test
  void twoNodesSpendADaysBudgetTogetherAndNotACallMore() {
    change("{\"per_day\":11}").expect(200);
    var wallet = client.register(connection, "NGN");

    var answers = Concurrently.call(2, i -> syncUntilRefused(servers.get(i).client(), wallet));

    assertThat(answers)
        .allSatisfy(
            refused -> {
              assertThat(refused.expect(503).problem()).isEqualTo("provider-not-asked");
              assertThat(refused.text("reason")).isEqualTo("quota_spent");
              assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 86_400L);
            });
    assertThat(paystack.requests(secret)).isEqualTo(11);
    assertThat(client.get(path()).expect(200).json().at("/call_budget/per_day/remaining").asInt())
        .isZero();
  }

  private static Answer syncUntilRefused(ApiClient client, String wallet) {
    for (var i = 0; i < 12; i++) {
      var answer = client.sync(wallet);
      if (answer.status() != 200) {
        return answer;
      }
    }
    throw new AssertionError("no sync was refused");
  }

  private String path() {
    return CONNECTIONS + "/" + connection;
  }

  private Answer change(String budget) {
    return client.patch(path(), "{\"call_budget\":" + budget + "}");
  }
}
