package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a user is told of the past of a balance. */
class HistoryOverHttpTest {
  private static final String SECRET = "sk_test_with_a_past";

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static ApiClient client;
  private static String connection;
  private static String wallet;
  private static List<Answer> syncs;

  @BeforeAll
  static void aWalletWithFiveSnapshots() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server = TestServer.start(database, paystack.url());
    client = server.client();
    paystack.has(SECRET, "NGN", 100);
    connection = client.connect(SECRET);
    wallet = client.register(connection, "NGN");
    syncs = new ArrayList<>();
    for (var subunits = 100; subunits <= 500; subunits += 100) {
      paystack.has(SECRET, "NGN", subunits);
      syncs.add(client.sync(wallet).expect(200));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @Test
  void pagesInBothOrdersHoldEverySnapshotOnce() {
    assertThat(walk("order=asc")).containsExactly("1.00", "2.00", "3.00", "4.00", "5.00");
    assertThat(walk("order=desc")).containsExactly("5.00", "4.00", "3.00", "2.00", "1.00");
    assertThat(walk("from=%s&to=%s".formatted(asOf(1), asOf(3)))).containsExactly("3.00", "2.00");
  }

  @Test
  void aCursorOfAnotherQuestionIsRefused() {
    var cursor = get("/balance/history?limit=1").text("next_cursor");

    for (var other : List.of("order=asc", "from=2026-01-01T00:00:00Z", "to=9000-01-01T00:00:00Z")) {
      assertRefused("cursor", get("/balance/history?" + other + "&cursor=" + cursor));
    }
    var last = cursor.endsWith("A") ? "B" : "A";
    var changed = cursor.substring(0, cursor.length() - 1) + last;
    assertRefused("cursor", get("/balance/history?cursor=" + changed));
    var neighbour = client.register(connection, "GHS");
    assertRefused(
        "cursor", client.get("/api/v1/wallets/" + neighbour + "/balance/history?cursor=" + cursor));
  }

  @Test
  void whatWasTrueAndWhatWasBelievedAreTwoQuestions() {
    // learnt of long after it became true, by the provider's own time
    var third = asOf(2);
    var recorded = syncs.get(2).text("created_at");
    var before = Instant.parse(recorded).minusNanos(1_000);

    assertThat(at(third)).containsExactly("3.00");
    assertThat(at(third + "&known_at=" + recorded)).containsExactly("3.00");
    assertThat(at(third + "&known_at=" + before)).containsExactly("2.00");
    assertThat(at(Instant.parse(asOf(0)).minusNanos(1_000).toString())).isEmpty();
    assertThat(at("9000-01-01T00:00:00Z")).containsExactly("5.00");
  }

  @Test
  void aLateReadingIsToldAsOneAndReplacesNothing() {
    var late = client.register(connection, "KES");
    paystack.has(SECRET, "KES", 700);
    var newest = client.sync(late).expect(200);
    var observed = Instant.parse(newest.text("observed_at"));
    database
        .look()
        .sql(
            """
            insert into late_reading
            select wallet_id, gen_random_uuid(), currency, 9, null, null, null, null,
                   observed_at + interval '1 second', observed_at + interval '2 seconds', 'API',
                   '{}', observed_at + interval '3 seconds'
              from wallet_balance_snapshot where wallet_id = ?::uuid
            """)
        .param(late)
        .update();

    var facts = client.get("/api/v1/wallets/" + late + "/balance/history").expect(200).json();

    assertThat(facts.at("/data/0/kind").asString()).isEqualTo("late_reading");
    assertThat(facts.at("/data/0/stands_until").asString())
        .isEqualTo(observed.plusSeconds(3).toString());
    assertThat(facts.at("/data/1/kind").asString()).isEqualTo("snapshot");
    assertThat(at(late, observed.plusSeconds(2).toString())).containsExactly("9.00");
    assertThat(at(late, observed.plusSeconds(3).toString())).containsExactly("7.00");
  }

  @Test
  void aLateReadingStandsNoLongerThanItIsKnownToHaveBeenSo() {
    var late = client.register(connection, "ZAR");
    paystack.has(SECRET, "ZAR", 700);
    var observed = Instant.parse(client.sync(late).expect(200).text("observed_at"));
    // a younger call started at the second second, and told the same as before
    database
        .look()
        .sql(
            """
            insert into late_reading (
                     wallet_id, reading_id, currency, available, call_started_at, observed_at,
                     source, metadata, recorded_at, stands_until)
            select wallet_id, gen_random_uuid(), currency, 9, observed_at + interval '1 second',
                   observed_at + interval '8 seconds', 'API', '{}',
                   observed_at + interval '9 seconds', observed_at + interval '2 seconds'
              from wallet_balance_snapshot where wallet_id = ?::uuid
            """)
        .param(late)
        .update();

    var fact = client.get("/api/v1/wallets/" + late + "/balance/history").expect(200).json();

    assertThat(fact.at("/data/0/stands_until").asString())
        .isEqualTo(observed.plusSeconds(2).toString());
    assertThat(at(late, observed.plusSeconds(1).toString())).containsExactly("9.00");
    assertThat(at(late, observed.plusSeconds(2).toString())).containsExactly("7.00");
    assertThat(at(late, observed.plusSeconds(8).toString())).containsExactly("7.00");
  }

  @Test
  void whereTheLedgerAloneMovedTheAvailableAmountDidNotChange() {
    var quiet = client.register(connection, "USD");
    database
        .look()
        .sql(
            """
            insert into wallet_balance_snapshot (
                     wallet_id, sequence, snapshot_id, provider, currency, available, ledger, as_of,
                     call_started_at, observed_at, source, metadata, created_at)
            select ?::uuid, sequence, gen_random_uuid(), 'paystack', 'USD',
                   case when sequence < 4 then 10 else 7 end, 100 + sequence, time, time, time,
                   'SCHEDULE', '{}', time
              from generate_series(1, 6) as sequence,
                   lateral (select timestamptz '2026-01-01T00:00:00Z' + sequence * interval '1 hour'
                                   as time) as times
            """)
        .param(quiet)
        .update();
    var period = "from=2026-01-01T01:30:00Z&to=2026-01-02T00:00:00Z";

    var analytics =
        client
            .get("/api/v1/wallets/" + quiet + "/analytics?bucket=hour&" + period)
            .expect(200)
            .json();

    assertThat(analytics.at("/summary/changes").asInt()).isEqualTo(1);
    assertThat(analytics.at("/summary/largest_change").asString()).isEqualTo("-3.00");
    assertThat(analytics.at("/data/1/changes").asInt()).isZero();
    assertThat(analytics.at("/data/1/largest_change").isNull()).isTrue();
    assertThat(analytics.at("/data/1/carried").asBoolean()).isFalse();
    // of the balance as a whole, by any of its amounts
    assertThat(changesOf(quiet, period).at("/changes").asInt()).isEqualTo(5);
    var statement =
        client
            .get("/api/v1/wallets/" + quiet + "/statement?format=jsonl&" + period)
            .expect(200)
            .body()
            .lines()
            .filter(line -> line.contains("\"line\":\"change\""))
            .toList();
    assertThat(statement).hasSize(1).first().asString().contains("\"change\":\"-3.00\"");
  }

  private static JsonNode changesOf(String wallet, String period) {
    return client
        .get("/api/v1/analytics/changes?group_by=wallet&limit=100&" + period)
        .expect(200)
        .json()
        .at("/data")
        .valueStream()
        .filter(count -> count.at("/wallet_id").asString().equals(wallet))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSnapshotIsReadByItsId() {
    var second = syncs.get(1);

    var read = get("/snapshots/" + second.text("snapshot_id")).expect(200);

    assertThat(read.text("balance")).isEqualTo("2.00");
    assertThat(read.text("recorded_at")).isEqualTo(second.text("created_at"));
    assertThat(get("/snapshots/" + wallet).expect(404).problem()).isEqualTo("snapshot-not-found");
  }

  @Test
  void analyticsOfADayAddUpAndDoNotGuess() {
    var from = Instant.parse(asOf(0)).minus(Duration.ofHours(2));

    var found = get("/analytics?bucket=hour&tz=Asia/Kathmandu&from=" + from).expect(200).json();

    assertThat(found.at("/data/0/closing").isNull()).isTrue();
    assertThat(found.at("/data/0/carried").asBoolean()).isFalse();
    var summary = found.at("/summary");
    assertThat(summary.at("/opening").isNull()).isTrue();
    assertThat(summary.at("/changes").asInt()).isEqualTo(4);
    assertThat(summary.at("/lowest").asString()).isEqualTo("1.00");
    assertThat(summary.at("/closing").asString()).isEqualTo("5.00");
    assertThat(summary.at("/largest_change").asString()).isEqualTo("1.00");
    assertThat(
            found
                .at("/data")
                .valueStream()
                .mapToInt(bucket -> bucket.at("/changes").asInt(0))
                .sum())
        .isEqualTo(4);
  }

  @Test
  void changesAreCountedAlsoByProvider() {
    var period = "from=%s&to=9000-01-01T00:00:00Z".formatted(asOf(3));

    var changes = client.get("/api/v1/analytics/changes?group_by=provider&" + period).expect(200);

    assertThat(changes.json().at("/data/0/provider").asString()).isEqualTo("paystack");
    assertThat(changes.json().at("/data/0/changes").asInt()).isEqualTo(2);
  }

  @Test
  void changesADayAreOfTheTimeThatHasPassed() {
    var target = "/api/v1/analytics/changes?group_by=provider&from=%s&to=%s";
    var begin = Instant.parse(asOf(0)).minus(Duration.ofHours(1)).toString();

    var perDay =
        client
            .get(target.formatted(begin, "9000-01-01T00:00:00Z"))
            .expect(200)
            .json()
            .at("/data/0/changes_per_day");

    // at least the four of this wallet in hardly more than an hour
    assertThat(Double.parseDouble(perDay.asString())).isGreaterThan(10);
    assertRefused("to", client.get(target.formatted("0001-01-01T00:00:00Z", begin)));
    assertRefused(
        "from", client.get(target.formatted("9000-01-01T00:00:00Z", "9000-01-02T00:00:00Z")));
  }

  private static List<String> walk(String query) {
    var balances = new ArrayList<String>();
    var page = get("/balance/history?limit=2&" + query).expect(200);
    while (true) {
      page.json().at("/data").forEach(fact -> balances.add(fact.at("/balance").asString()));
      if (!page.json().at("/has_more").asBoolean()) {
        return balances;
      }
      page =
          get("/balance/history?limit=2&" + query + "&cursor=" + page.text("next_cursor"))
              .expect(200);
    }
  }

  private static List<String> at(String time) {
    return at(wallet, time);
  }

  private static List<String> at(String wallet, String time) {
    return client
        .get("/api/v1/wallets/" + wallet + "/balance/history?at=" + time)
        .expect(200)
        .json()
        .at("/data")
        .valueStream()
        .map(fact -> fact.at("/balance").asString())
        .toList();
  }

  private static String asOf(int number) {
    return syncs.get(number).text("as_of");
  }

  private static Answer get(String target) {
    return client.get("/api/v1/wallets/" + wallet + target);
  }

  private static void assertRefused(String field, Answer answer) {
    assertThat(answer.expect(400).json().at("/errors/0/field").asString()).isEqualTo(field);
  }
}
