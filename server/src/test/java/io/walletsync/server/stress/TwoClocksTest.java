package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes whose clocks are half a minute apart: the database's clock decides for both. */
class TwoClocksTest {
  private static final String SECRET_KEY = "sk_test_two_clocks";
  private static final Duration APART = Duration.ofSeconds(30);

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer right;
  private static TestServer behind;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    right = TestServer.start(database, paystack.url());
    behind =
        TestServer.start(
            database,
            paystack.url(),
            Map.of(),
            InstantSource.offset(InstantSource.system(), APART.negated()));
  }

  @AfterAll
  static void stop() {
    behind.close();
    right.close();
    paystack.close();
  }

  @Test
  void syncsOfBothStandInTheOrderTheyHappened() {
    paystack.replies(SECRET_KEY, call -> StubPaystack.balance("NGN", call));
    var wallet = right.client().register(right.client().connect(SECRET_KEY), "NGN");

    for (var i = 1; i <= 10; i++) {
      var node = i % 2 == 0 ? right : behind;
      var before = databaseTime();
      var answer = node.client().sync(wallet, ApiClient.randomKey()).expect(200);
      var after = databaseTime();

      assertThat(answer.text("outcome")).isEqualTo("created");
      assertThat(answer.json().get("sequence").asInt()).isEqualTo(i);
      for (var time : List.of("as_of", "observed_at", "confirmed_at", "created_at")) {
        assertThat(Instant.parse(answer.text(time))).as(time).isBetween(before, after);
      }
    }

    History.of(database, wallet).requireWhole();
    assertThat(behind.client().balance(wallet).json().get("age_seconds").asLong())
        .isBetween(0L, 20L);
  }

  @Test
  void theNodeThatIsOffReportsThatItIsNotReady() {
    assertThat(readiness(right).status()).isEqualTo(200);

    var off = readiness(behind);

    assertThat(off.status()).isEqualTo(503);
    assertThat(off.text("status")).isEqualTo("OUT_OF_SERVICE");
  }

  @Test
  void bothAcceptTheSignaturesOfClientsWhoseClocksAreRight() {
    for (var node : List.of(right, behind)) {
      node.client().get("/api/v1/wallets").expect(200);
    }
  }

  private static ApiClient.Answer readiness(TestServer node) {
    return ApiClient.send(
        HttpRequest.newBuilder(URI.create(node.address() + "/actuator/health/readiness")).build());
  }

  private static Instant databaseTime() {
    return database
        .look()
        .sql("select clock_timestamp()")
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }
}
