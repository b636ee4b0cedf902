package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a user is told of all the money together. */
class PositionsOverHttpTest {
  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static ApiClient client;
  private static String first;
  private static String then;

  @BeforeAll
  static void twoStoresOfWhichOneHasAWalletWithoutABalance() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server = TestServer.start(database, paystack.url());
    client = server.client();
    first = store("sk_test_first_store", "NGN", 1_050);
    var second = store("sk_test_second_store", "NGN", 2_000);
    client.register(second, "KES");
    paystack.has("sk_test_second_store", "GHS", 7);
    // what is recorded from here on was not there then
    then = client.sync(walletOf(first)).expect(200).text("confirmed_at");
    client.sync(client.register(second, "GHS")).expect(200);
  }

  private static String store(String secret, String currency, long subunits) {
    paystack.has(secret, currency, subunits);
    var connection = client.connect(secret);
    client.sync(client.register(connection, currency)).expect(200);
    return connection;
  }

  private static String walletOf(String connection) {
    return client
        .get("/api/v1/wallets?connection_id=" + connection)
        .expect(200)
        .json()
        .at("/data/0/wallet_id")
        .asString();
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @Test
  void sumsAreByCurrencyAndSayWhatIsNotInThem() {
    var found = positions("").json();

    assertThat(found.at("/group_by").toString()).isEqualTo("[\"currency\"]");
    assertThat(found.at("/data/0/currency").asString()).isEqualTo("GHS");
    assertThat(found.at("/data/1/currency").asString()).isEqualTo("KES");
    assertThat(found.at("/data/1/available").isNull()).isTrue();
    assertThat(found.at("/data/1/coverage/left_out").toString())
        .isEqualTo("{\"no_balance_yet\":1}");
    assertThat(found.at("/data/2/available").asString()).isEqualTo("30.50");
    assertThat(found.at("/data/2/ledger").isNull()).isTrue();
    assertThat(found.at("/data/2/coverage/counted").asInt()).isEqualTo(2);
  }

  @Test
  void groupsAreThoseThatWereAskedFor() {
    var found = positions("?group_by=currency,connection&currency=NGN").json();

    assertThat(found.at("/data").size()).isEqualTo(2);
    assertThat(found.at("/data").findValuesAsString("available"))
        .containsExactlyInAnyOrder("10.50", "20.00");
    assertThat(positions("?connection_id=" + first).json().at("/data/0/available").asString())
        .isEqualTo("10.50");
  }

  @Test
  void aPastTimeHasThePositionsOfThen() {
    var found = positions("?at=" + then).json();

    assertThat(found.at("/at").asString()).isEqualTo(then);
    // the wallet in KES was there too, without a balance; the one in GHS came later
    assertThat(found.at("/data").findValuesAsString("currency")).containsExactly("KES", "NGN");
    assertThat(found.at("/data/0/available").isNull()).isTrue();
    assertThat(found.at("/data/1/available").asString()).isEqualTo("30.50");
    assertThat(positions("?at=2026-01-01T00:00:00Z").json().at("/data").size()).isZero();
  }

  @Test
  void whatWasCountedWhileAWalletWasOpenOrClosedStaysWhenItIsOpenedAgain() {
    var secret = "sk_test_comes_and_goes";
    paystack.has(secret, "ZAR", 4_200);
    var connection = client.connect(secret);
    var wallet = client.register(connection, "ZAR");
    var open = client.sync(wallet).expect(200).text("confirmed_at");
    var target = "/api/v1/wallets/" + wallet;
    var closed = client.delete(target).expect(200).text("updated_at");

    client
        .post(
            "/api/v1/wallets",
            "{\"connection_id\":\"%s\",\"currency\":\"ZAR\"}".formatted(connection))
        .expect(200);
    var opened = client.get(target).expect(200).text("updated_at");

    var of = "&connection_id=" + connection;
    assertThat(positions("?at=" + open + of).json().at("/data/0/available").asString())
        .isEqualTo("42.00");
    assertThat(positions("?at=" + closed + of).json().at("/data").size()).isZero();
    var before = Instant.parse(opened).minusNanos(1_000);
    assertThat(positions("?at=" + before + of).json().at("/data").size()).isZero();
    assertThat(positions("?at=" + opened + of).json().at("/data/0/available").asString())
        .isEqualTo("42.00");
    // out of the sums of the other tests
    client.delete(target).expect(200);
  }

  @Test
  void whatIsStaleIsMarkedOrRefused() {
    var marked = positions("?max_age=PT0S&currency=NGN").json();

    assertThat(marked.at("/data/0/coverage/concerns").toString()).isEqualTo("{\"stale\":2}");
    assertThat(marked.at("/data/0/available").asString()).isEqualTo("30.50");
    assertThat(marked.at("/data/0/coverage/wallets/0/concerns/0").asString()).isEqualTo("stale");
    var refused = client.get("/api/v1/positions?max_age=PT0S&stale=refuse").expect(409);
    assertThat(refused.problem()).isEqualTo("positions-too-old");
    assertThat(refused.json().at("/stale").asInt()).isEqualTo(3);
    assertThat(refused.json().at("/left_out").asInt()).isEqualTo(1);
    positions("?max_age=PT1H&stale=refuse&currency=NGN");
  }

  private static Answer positions(String query) {
    return client.get("/api/v1/positions" + query).expect(200);
  }
}
