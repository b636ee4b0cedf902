package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.provider.simulator.paystack.PaystackSimulator;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Movements from the provider's own list to the answers of the API. */
class MovementsOverHttpTest {
  private static final String SECRET = "sk_test_movements_over_http";

  private static StubPaystack paystack;
  private static TestServer server;

  @BeforeAll
  static void start() {
    paystack = new StubPaystack();
    server = TestServer.start(TestDatabase.create(), paystack.url());
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @Test
  void everyChangeOfASimulatedShopIsExplainedByItsMovements() {
    try (var shop = PaystackSimulator.start(0, InstantSource.system());
        var shopped = TestServer.start(TestDatabase.create(), shop.baseUrl())) {
      shop.addIntegration(SECRET, Map.of("NGN", 1_700_000L));
      var client = shopped.client();
      var wallet = client.register(client.connect(SECRET), "NGN");
      var path = "/api/v1/wallets/" + wallet;
      client.sync(wallet).expect(200);
      shop.move(SECRET, "NGN", 50_000, "Transaction");
      shop.move(SECRET, "NGN", -20_001, "Transfer");
      client.sync(wallet).expect(200);
      shop.move(SECRET, "NGN", 1, "Refund");
      client.sync(wallet).expect(200);

      var imported = client.post(path + "/import-movements", "{}").expect(200);
      assertThat(imported.json().get("imported").intValue()).isEqualTo(4);
      assertThat(imported.json().get("more_left").booleanValue()).isFalse();
      var again = client.post(path + "/import-movements", "{}").expect(200);
      assertThat(again.json().get("imported").intValue()).isZero();

      assertThat(differences(client, path + "/movements?order=asc&limit=3"))
          .containsExactly("17000.00", "500.00", "-200.01", "0.01");
      assertThat(differences(client, path + "/movements?limit=1"))
          .containsExactly("0.01", "-200.01", "500.00", "17000.00");
      var changes = client.get(path + "/explained-changes?order=asc").expect(200);
      assertThat(changes.json().get("data")).hasSize(2);
      for (var change : changes.json().get("data")) {
        assertThat(change.get("status").stringValue()).isEqualTo("explained");
        assertThat(change.get("unexplained").stringValue()).isEqualTo("0.00");
      }
      var first = changes.json().at("/data/0");
      assertThat(first.get("change").stringValue()).isEqualTo("299.99");
      assertThat(first.get("movements").intValue()).isEqualTo(2);
      assertThat(first.get("movement_keys")).hasSize(2);
      var coverage = client.get(path + "/movement-coverage").expect(200);
      assertThat(coverage.json().get("hole_count").intValue()).isZero();
      assertThat(coverage.json().get("complete_to").isNull()).isFalse();
      assertThat(coverage.json().get("importing").booleanValue()).isFalse();
    }
  }

  @Test
  void aMovementThatTheProviderLeavesOutIsAHoleAndARemainder() {
    var client = server.client();
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    paystack.has(SECRET, "NGN", 1_000);
    paystack.ledger(SECRET, "NGN", 1_000, 1, now.minus(Duration.ofMinutes(20)).toString());
    var wallet = client.register(client.connect(SECRET), "NGN");
    var path = "/api/v1/wallets/" + wallet;
    client.sync(wallet).expect(200);
    client.post(path + "/import-movements", "{}").expect(200);

    paystack.has(SECRET, "NGN", 5_000);
    paystack.ledger(SECRET, "NGN", 5_000, 2, now.minus(Duration.ofMinutes(10)).toString());
    client.sync(wallet).expect(200);
    client.post(path + "/import-movements", "{}").expect(200);

    var hole = client.get(path + "/movement-coverage").expect(200).json().at("/holes/0");
    assertThat(hole.get("amount").stringValue()).isEqualTo("39.00");
    assertThat(hole.get("after_movement_key").stringValue()).isEqualTo("1");
    assertThat(hole.get("before_movement_key").stringValue()).isEqualTo("2");
    var change = client.get(path + "/explained-changes").expect(200).json().at("/data/0");
    assertThat(change.get("change").stringValue()).isEqualTo("40.00");
    assertThat(change.get("explained").stringValue()).isEqualTo("1.00");
    assertThat(change.get("unexplained").stringValue()).isEqualTo("39.00");
    assertThat(change.get("status").stringValue()).isEqualTo("unexplained");
    assertThat(scrape()).contains("walletsync_movement_holes 1.0");
    assertThat(scrape())
        .contains(
            "walletsync_unexplained_wallets 1.0",
            "walletsync_unexplained_amount{currency=\"NGN\"} 39.0",
            "walletsync_movements_imported_total{provider=\"paystack\"} 2.0");

    unexplainedIsFound(client, wallet, path);
    client.send("DELETE", path, null, Map.of(), null).expect(200);
    assertThat(client.post(path + "/import-movements", "{}").expect(409).problem())
        .isEqualTo("wallet-closed");
    assertThat(client.get(path + "/movements").expect(200).json().get("data")).hasSize(2);
  }

  private static void unexplainedIsFound(ApiClient client, String wallet, String path) {
    var found = client.get("/api/v1/unexplained-wallets?currency=NGN").expect(200);
    var row = found.json().at("/data/0");
    assertThat(row.get("wallet_id").stringValue()).isEqualTo(wallet);
    assertThat(row.get("changes").intValue()).isOne();
    assertThat(row.get("net").stringValue()).isEqualTo("39.00");
    var changes = client.get(path + "/explained-changes?status=unexplained").expect(200).json();
    assertThat(changes.get("data")).hasSize(1);
    assertThat(changes.at("/unexplained/amount").stringValue()).isEqualTo("39.00");
    assertThat(
            client.get(path + "/explained-changes?status=explained").expect(200).json().get("data"))
        .isEmpty();
    // read again from before the hole, it changes nothing that is there
    var again = "{\"from\":\"" + Instant.now().minus(Duration.ofDays(2)) + "\"}";
    var imported = client.post(path + "/import-movements", again).expect(200);
    assertThat(imported.json().get("imported").intValue()).isZero();
    for (var from : List.of("2999-01-01T00:00:00Z", "1999-01-01T00:00:00Z", "yesterday")) {
      var refused = client.post(path + "/import-movements", "{\"from\":\"" + from + "\"}");
      assertThat(refused.expect(400).body()).contains("from");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=yesterday",
        "from=2026-11-22",
        "from=%2B99999-01-01T00:00:00Z",
        "from=2026-11-22T00:00:00Z&to=2026-11-22T00:00:00Z",
        "order=newest",
        "limit=101",
        "limit=0",
        "cursor=AAAAAAAAAAAA",
        "bucket=day"
      })
  void aBadPeriodOrPageIsAProblemThatNamesTheField(String query) {
    var client = server.client();
    for (var what : List.of("movements", "explained-changes")) {
      var answer =
          client.get("/api/v1/wallets/0199a0b0-7c3e-7000-8000-5d0f6a2b9c11/" + what + "?" + query);

      assertThat(answer.expect(400).problem()).isEqualTo("invalid-request");
      var field = query.contains("&to=") ? "to" : query.substring(0, query.indexOf('='));
      assertThat(answer.body()).contains(field);
    }
  }

  private static List<String> differences(ApiClient client, String target) {
    var found = new ArrayList<String>();
    var next = target;
    while (true) {
      Answer page = client.get(next).expect(200);
      page.json().get("data").forEach(row -> found.add(row.get("difference").stringValue()));
      if (!page.json().get("has_more").booleanValue()) {
        return found;
      }
      next = target + "&cursor=" + page.json().get("next_cursor").stringValue();
    }
  }

  private static String scrape() {
    return ApiClient.send(
            HttpRequest.newBuilder(server.address().resolve("/actuator/prometheus")).build())
        .expect(200)
        .body();
  }
}
