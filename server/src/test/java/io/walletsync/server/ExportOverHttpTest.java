package io.walletsync.server;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows that a user takes away: all of them, each once, and the same when taken twice. */
class ExportOverHttpTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SNAPSHOTS = "/api/v1/exports/snapshots?format=";
  private static final String MOVEMENTS = "/api/v1/exports/movements?format=";
  private static final int MANY = 1_100;

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static ApiClient client;
  private static String wallet;
  private static String other;

  @BeforeAll
  static void oneWalletWithMoreThanAPageAndOneWithTwoSnapshots() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server = TestServer.start(database, paystack.url());
    client = server.client();
    var secret = "sk_test_to_take_away";
    paystack.has(secret, "NGN", 100);
    var connection = client.connect(secret);
    wallet = client.register(connection, "NGN");
    fill(wallet, MANY);
    paystack.has(secret, "GHS", 100);
    other = client.register(connection, "GHS");
    client.sync(other).expect(200);
    paystack.has(secret, "GHS", 350);
    client.sync(other).expect(200);
    move(wallet, MANY);
    imported(wallet, "2026-01-01T00:00:00Z", "2026-01-01T12:00:00Z");
  }

  /** All that the provider lists of that time is here. */
  private static void imported(String wallet, String from, String until) {
    database
        .look()
        .sql(
            """
            insert into movement_import (wallet_id, complete_from, complete_until, failures)
            values (?::uuid, ?::timestamptz, ?::timestamptz, 0)
                on conflict (wallet_id) do update
               set complete_from = excluded.complete_from, complete_until = excluded.complete_until
            """)
        .params(wallet, from, until)
        .update();
  }

  /** Movements half a minute before each snapshot, two of them at one time. */
  private static void move(String wallet, int movements) {
    database
        .look()
        .sql(
            """
            insert into provider_movement (
                     wallet_id, movement_key, occurred_at, currency, difference, reason, metadata,
                     imported_at)
            select ?::uuid, 'm,' || number,
                   timestamptz '2026-01-01T00:00:30Z' + greatest(number, 2) * interval '1 minute',
                   'NGN', -1, '=1+1', '{}', now()
              from generate_series(1, ?) as number
            """)
        .param(wallet)
        .param(movements)
        .update();
  }

  /** Snapshots a minute apart, of which the third has a dangerous name. */
  private static void fill(String wallet, int snapshots) {
    database
        .look()
        .sql(
            """
            insert into wallet_balance_snapshot (
                     wallet_id, sequence, snapshot_id, provider, currency, available, as_of,
                     external_balance_id, call_started_at, observed_at, source, metadata, created_at)
            select ?::uuid, sequence, gen_random_uuid(), 'paystack', 'NGN', 50 - sequence, time,
                   case when sequence = 3 then '=cmd|''/C calc''!A0' else sequence::text end, time,
                   time, 'SCHEDULE', '{}', time
              from generate_series(1, ?) as sequence,
                   lateral (select timestamptz '2026-01-01T00:00:00Z' + sequence * interval '1 minute'
                                   as time) as times
            """)
        .param(wallet)
        .param(snapshots)
        .update();
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @Test
  void everySnapshotIsThereOnceInBothFormatsWithTheSameSums() {
    var json = rows(get(SNAPSHOTS + "jsonl"));
    var csv = lines(get(SNAPSHOTS + "csv"));

    assertThat(json).hasSize(MANY + 2);
    assertThat(json).extracting(row -> row.get("snapshot_id").asString()).doesNotHaveDuplicates();
    assertThat(csv).hasSize(MANY + 3);
    assertThat(sum(json))
        .isEqualByComparingTo(
            csv.stream()
                .skip(1)
                .filter(not(line -> line.contains("cmd")))
                .map(line -> new BigDecimal(line.split(",", -1)[5]))
                .reduce(new BigDecimal("47"), BigDecimal::add))
        .isEqualByComparingTo(
            database
                .look()
                .sql("select sum(available) from wallet_balance_snapshot")
                .query(BigDecimal.class)
                .single());
  }

  @Test
  void anExportThatBrokeOffGoesOnBehindAnyRow() {
    var whole = get(SNAPSHOTS + "csv").body().lines().toList();

    for (var last : List.of(1, 1_000, MANY, MANY + 1, MANY + 2)) {
      var cells = whole.get(last).split(",", -1);
      var rest = get(SNAPSHOTS + "csv&after=" + cells[0] + "," + cells[9]).body().lines().toList();

      assertThat(rest.subList(1, rest.size())).isEqualTo(whole.subList(last + 1, whole.size()));
    }
  }

  @Test
  void everyMovementIsThereOnceAndAnyRowIsAPlaceToGoOn() {
    var whole = rows(get(MOVEMENTS + "jsonl"));

    assertThat(whole).hasSize(MANY);
    assertThat(whole).extracting(row -> row.get("movement_key").asString()).doesNotHaveDuplicates();
    for (var last : List.of(0, 1, 999, 1_000, MANY - 1)) {
      var row = whole.get(last);
      var after =
          String.join(
              ",",
              row.get("wallet_id").asString(),
              row.get("occurred_at").asString(),
              row.get("movement_key").asString());
      assertThat(rows(get(MOVEMENTS + "jsonl&after=" + after)))
          .isEqualTo(whole.subList(last + 1, MANY));
    }
    assertThat(lines(get(MOVEMENTS + "csv")))
        .hasSize(MANY + 1)
        .last()
        .asString()
        .contains(",'=1+1,");
    assertThat(get(MOVEMENTS + "csv&currency=GHS").body().lines()).hasSize(1);
  }

  @Test
  void aStatementHasTheMovementsBetweenTheChangesTheyCame() {
    var drawn =
        rows(
            get(
                "/api/v1/wallets/"
                    + wallet
                    + "/statement?from=2026-01-01T00:10:00Z&to=2026-01-01T00:12:00Z&format=jsonl"));

    assertThat(drawn)
        .extracting(row -> row.get("line").asString())
        .containsExactly("opening", "change", "movement", "change", "movement", "closing");
    assertThat(drawn.get(2).get("movement_key").asString()).isEqualTo("m,10");
    assertThat(drawn.get(2).get("change").asString()).isEqualTo("-1.00");
    assertThat(drawn.get(2).get("balance").isNull()).isTrue();
  }

  @Test
  void whatASpreadsheetWouldRunIsDisarmedAndNumbersStayNumbers() {
    var csv = get(SNAPSHOTS + "csv").body();

    assertThat(csv).contains(",'=cmd|").doesNotContain(",=cmd").contains(",-1.00,");
    assertThat(get(SNAPSHOTS + "jsonl").body()).contains("\"=cmd|");
  }

  @Test
  void onlyWhatIsAskedForIsExported() {
    assertThat(rows(get(SNAPSHOTS + "jsonl&currency=GHS"))).hasSize(2);
    assertThat(rows(get(SNAPSHOTS + "jsonl&wallet_id=" + other))).hasSize(2);
    assertThat(
            rows(
                get(
                    SNAPSHOTS
                        + "jsonl&from=2026-01-01T00:02:00Z&to=2026-01-01T00:04:00Z&wallet_id="
                        + wallet)))
        .hasSize(2);
    assertThat(get(SNAPSHOTS + "csv&provider=fincra").body().lines()).hasSize(1);
  }

  @Test
  void aStatementIsTheSameWhenItIsDrawnTwiceAndAddsUp() {
    var target =
        "/api/v1/wallets/"
            + wallet
            + "/statement?from=2026-01-01T00:10:30Z&to=2026-01-01T00:20:00Z&format=";

    var first = get(target + "jsonl");

    assertThat(get(target + "jsonl").body()).isEqualTo(first.body());
    var rows = rows(first);
    assertThat(rows).hasSize(21);
    assertThat(rows.getFirst().get("balance").asString()).isEqualTo("40.00");
    assertThat(rows.getLast().get("balance").asString()).isEqualTo("31.00");
    assertThat(rows.getLast().get("change").asString()).isEqualTo("-9.00");
    assertThat(
            rows.stream()
                .filter(row -> row.get("line").asString().equals("change"))
                .map(row -> new BigDecimal(row.get("change").asString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("-9");
    assertThat(lines(get(target + "csv")))
        .hasSize(22)
        .endsWith("closing," + wallet + ",NGN,2026-01-01T00:20:00Z,,-9.00,31.00,,,,");
  }

  @Test
  void aStatementBeforeTheFirstSnapshotDoesNotGuess() {
    var rows =
        rows(
            get(
                "/api/v1/wallets/"
                    + wallet
                    + "/statement?from=2025-01-01T00:00:00Z&to=2026-01-01T00:01:30Z&format=jsonl"));

    assertThat(rows)
        .extracting(row -> row.get("line").asString())
        .containsExactly("opening", "complete_from", "change", "closing");
    assertThat(rows.getFirst().get("balance").isNull()).isTrue();
    assertThat(rows.get(2).get("change").isNull()).isTrue();
    assertThat(rows.getLast().get("change").isNull()).isTrue();
    assertThat(rows.getLast().get("balance").asString()).isEqualTo("49.00");
  }

  @Test
  void aStatementSaysHowFarItsMovementsAreKnown() {
    var from = "2026-01-01T00:10:30Z";
    var to = "2026-01-01T12:00:00Z";

    assertThat(linesOf(from, to, "complete_from", "complete_to")).isEmpty();
    assertThat(linesOf(from, "2026-01-01T12:00:01Z", "complete_from", "complete_to"))
        .containsExactly("complete_to 2026-01-01T12:00:00Z");
    assertThat(linesOf("2025-12-31T23:59:59Z", to, "complete_from", "complete_to"))
        .containsExactly("complete_from 2026-01-01T00:00:00Z");
    assertThat(linesOf("2025-12-31T00:00:00Z", "2026-02-01T00:00:00Z", "opening", "closing"))
        .containsExactly("opening 2025-12-31T00:00:00Z", "closing 2026-02-01T00:00:00Z");
  }

  @Test
  void aStatementOfAWalletWithoutMovementsSaysThatNoneIsKnown() {
    var drawn = rows(get("/api/v1/wallets/" + other + "/statement?format=jsonl"));

    assertThat(drawn)
        .extracting(row -> row.get("line").asString())
        .containsExactly("opening", "change", "change", "complete_to", "closing");
    assertThat(drawn.get(3).get("time").isNull()).isTrue();
  }

  private static List<String> linesOf(String from, String to, String... kinds) {
    var target =
        "/api/v1/wallets/%s/statement?from=%s&to=%s&format=jsonl".formatted(wallet, from, to);
    return rows(get(target)).stream()
        .filter(row -> List.of(kinds).contains(row.get("line").asString()))
        .map(row -> row.get("line").asString() + " " + row.get("time").asString())
        .toList();
  }

  @Test
  void anExportOfAWalletThatIsNotThereIsNotAnEmptyOne() {
    for (var route : List.of(SNAPSHOTS, MOVEMENTS)) {
      var answer = client.get(route + "csv&wallet_id=" + UUID.randomUUID()).expect(404);

      assertThat(answer.problem()).isEqualTo("wallet-not-found");
      assertThat(answer.header("Content-Disposition")).isEmpty();
    }
  }

  @Test
  void aRowOfAnotherExportIsNoPlaceToGoOn() {
    var at = ",2026-01-01T00:05:00Z";
    var whole = SNAPSHOTS + "csv&after=" + wallet + at;
    get(whole);

    assertForeign(whole + "&wallet_id=" + other);
    assertForeign(whole + "&currency=GHS");
    assertForeign(whole + "&provider=fincra");
    assertForeign(whole + "&from=2026-01-01T00:05:01Z");
    assertForeign(whole + "&to=2026-01-01T00:05:00Z");
    assertForeign(SNAPSHOTS + "csv&after=" + UUID.randomUUID() + at);
    assertForeign(MOVEMENTS + "csv&after=" + wallet + at + ",m&wallet_id=" + other);
    assertForeign(MOVEMENTS + "csv&after=" + wallet + at + ",m&to=2026-01-01T00:05:00Z");
  }

  private static void assertForeign(String target) {
    var answer = client.get(target).expect(400);
    assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("after");
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void aPeriodThatHasNotPassedHasNoStatement() {
    var answer =
        client.get("/api/v1/wallets/" + wallet + "/statement?to=9000-01-01T00:00:00Z").expect(400);

    assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("to");
    assertThat(answer.header("Content-Disposition")).isEmpty();
  }

  @Test
  void analyticsAreExportedBucketByBucket() {
    var target =
        "/api/v1/wallets/"
            + wallet
            + "/analytics%s?from=2026-01-01T00:00:00Z&to=2026-01-03T00:00:00Z";

    var exported = lines(get(target.formatted("/export")));

    var asked = client.get(target.formatted("")).expect(200).json().at("/data");
    assertThat(exported).hasSize(3);
    assertThat(exported.get(1).split(",", -1)[9]).isEqualTo(asked.at("/0/closing").asString());
  }

  @Test
  void anExportThatFailsOnItsWayDoesNotLookWhole() {
    var third = rows(get(SNAPSHOTS + "jsonl&wallet_id=" + wallet)).get(MANY - 3);
    // a currency that cannot be read, far behind what is gone when it is met
    database
        .look()
        .sql(
            """
            insert into wallet_balance_snapshot (
                     wallet_id, sequence, snapshot_id, provider, currency, available, as_of,
                     call_started_at, observed_at, source, metadata, created_at)
            select wallet_id, sequence + 100000, gen_random_uuid(), provider, '??', available,
                   as_of + interval '1 microsecond', call_started_at, observed_at, source, metadata,
                   created_at
              from wallet_balance_snapshot where snapshot_id = ?::uuid
            """)
        .param(third.get("snapshot_id").asString())
        .update();
    try {
      assertThatThrownBy(() -> get(SNAPSHOTS + "jsonl&wallet_id=" + wallet))
          .hasRootCauseInstanceOf(IOException.class);
    } finally {
      repair();
    }
  }

  private static void repair() {
    database
        .look()
        .sql(
            """
            do $$ begin
              set local session_replication_role = replica;
              delete from wallet_balance_snapshot where currency = '??';
            end $$
            """)
        .update();
  }

  private static Answer get(String target) {
    return client.get(target).expect(200);
  }

  private static List<JsonNode> rows(Answer answer) {
    assertThat(answer.header("Content-Type")).startsWith("application/jsonl");
    var rows = new ArrayList<JsonNode>();
    answer.body().lines().forEach(line -> rows.add(JSON.readTree(line)));
    return rows;
  }

  private static List<String> lines(Answer answer) {
    assertThat(answer.header("Content-Type")).startsWith("text/csv");
    assertThat(answer.header("Content-Disposition")).contains(".csv");
    return List.of(answer.body().split("\r\n"));
  }

  private static BigDecimal sum(List<JsonNode> rows) {
    return rows.stream()
        .map(row -> new BigDecimal(row.get("balance").asString()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
