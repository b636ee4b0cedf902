package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.PaystackWebhooks;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A signed request that is malformed is told what is wrong, and changes nothing at all. */
class BadInputTest {
  private static final String WALLETS = "/api/v1/wallets";
  private static final String CONNECTIONS = "/api/v1/connections";
  private static final String KEYS = "/api/v1/api-keys";
  private static final String AUDIT = "/api/v1/audit-entries";
  private static final String EVENTS = "/api/v1/provider-events";
  private static final String RUNS = "/api/v1/sync-runs";
  private static final String BOOKS = "/api/v1/expected-balances";
  private static final String RECONCILIATIONS = "/api/v1/reconciliations";
  private static final String RULES = "/api/v1/alert-rules";
  private static final String ALERTS = "/api/v1/alerts";
  private static final String SECRET = "sk_test_of_the_bad_input_store";

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static ApiClient client;
  private static String connection;
  private static String wallet;
  private static String key;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server = TestServer.start(database, paystack.url());
    client = server.client();
    paystack.has(SECRET, "NGN", 100);
    connection = client.connect(SECRET);
    client.connect(SECRET + "_two");
    wallet = client.register(connection, "NGN");
    client.register(connection, "GHS");
    client.sync(wallet).expect(200);
    for (var i = 0; i < 2; i++) {
      client
          .post(
              RULES,
              """
              {"name": "High", "scope": {"wallet_id": "%s"},
               "condition": {"kind": "balance_above", "currency": "NGN", "threshold": "0"}}
              """
                  .formatted(wallet))
          .expect(201);
      new PaystackWebhooks(server.address())
          .send(
              connection,
              SECRET,
              "{\"event\":\"customeridentification.success\",\"data\":{\"id\":" + i + "}}")
          .expect(200);
    }
    for (var i = 0; i < 2; i++) {
      var run = client.post(RUNS, "{\"filter\":{\"owner_id\":\"nobody\"}}").expect(202);
      Eventually.within(
          Duration.ofSeconds(20),
          "the end of a run",
          () -> client.get(run.header("Location")).text("state").equals("completed"));
    }
    for (var i = 1; i <= 2; i++) {
      client.post(BOOKS, "{\"expected_balances\":[{" + row("2026-01-0" + i) + "}]}").expect(200);
    }
    key =
        client
            .post(KEYS, "{\"name\":\"x\",\"scopes\":[\"wallets:read\"]}")
            .expect(201)
            .text("api_key_id");
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  private record Case(
      String name, Supplier<Answer> request, int status, String slug, String field) {
    static Case field(String field, String name, Supplier<Answer> request) {
      return new Case(name, request, 400, "invalid-request", field);
    }

    static Case of(int status, String slug, String name, Supplier<Answer> request) {
      return new Case(name, request, status, slug, "");
    }

    DynamicTest test() {
      return dynamicTest(name, this::run);
    }

    private void run() {
      var before = StoredState.of(database);
      var calls = paystack.calls(SECRET);

      var answer = request.get().expect(status);

      assertThat(answer.problem()).isEqualTo(slug);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.header("X-Request-Id")).isNotEmpty();
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      if (status == 400) {
        assertThat(answer.json().get("errors").valueStream().map(e -> e.get("field").asString()))
            .contains(field);
      }
      assertThat(StoredState.of(database)).isEqualTo(before);
      assertThat(paystack.calls(SECRET)).isEqualTo(calls);
    }
  }

  @TestFactory
  Stream<DynamicTest> refusesIdsThatAreNone() {
    var routes = ApiRoute.all(server).stream().filter(route -> route.path().contains("{")).toList();
    return Stream.of("not-a-uuid", "1-1-1-1-1", UUID.randomUUID().toString().replace("-", ""))
        .flatMap(
            id ->
                routes.stream()
                    .map(
                        route ->
                            Case.field(
                                route.path().replaceAll(".*\\{([a-z_]+)}.*", "$1"),
                                route.name() + " with " + id,
                                () ->
                                    client.send(
                                        route.method(),
                                        route.path().replaceAll("\\{[a-z_]+}", id),
                                        null,
                                        Map.of(),
                                        route.emptyBody()))))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesParametersNobodyKnows() {
    return ApiRoute.all(server).stream()
        .map(
            route ->
                Case.field(
                    "colour",
                    route.name(),
                    () ->
                        client.send(
                            route.method(),
                            route.target(UUID.fromString(wallet)) + "?colour=blue",
                            null,
                            Map.of(),
                            route.emptyBody())))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesFieldsNobodyKnows() {
    return withBody()
        .map(
            route ->
                Case.field(
                    "colour",
                    route.name(),
                    () ->
                        client.send(
                            route.method(), target(route), null, Map.of(), "{\"colour\":1}")))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesBodiesThatAreNotOneJsonObject() {
    var bodies =
        Map.of(
            "half an object", "{\"currency\":",
            "an array", "[]",
            "a text", "\"{}\"",
            "two objects", "{} {}",
            "a member twice", "{\"currency\":\"NGN\",\"currency\":\"GHS\"}",
            "a comment", "{} // really",
            "a number that is none", "{\"overlap_seconds\":NaN}",
            "single quotes", "{'currency':'NGN'}",
            "too deep", "[".repeat(5_000) + "]".repeat(5_000),
            "a long number", "{\"overlap_seconds\":" + "9".repeat(1_000) + "}");
    return withBody()
        .flatMap(
            route ->
                bodies.entrySet().stream()
                    .map(
                        body ->
                            Case.field(
                                "",
                                route.name() + " with " + body.getKey(),
                                () ->
                                    client.send(
                                        route.method(),
                                        target(route),
                                        null,
                                        Map.of(),
                                        body.getValue()))))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesOtherContentTypes() {
    return withBody()
        .flatMap(
            route ->
                Stream.of("text/plain", "application/x-www-form-urlencoded", "nonsense")
                    .map(
                        type ->
                            Case.of(
                                415,
                                "unsupported-media-type",
                                route.name() + " with " + type,
                                () ->
                                    client.send(
                                        route.method(),
                                        target(route),
                                        null,
                                        Map.of("Content-Type", type),
                                        "{}"))))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesLargeBodies() {
    return withBody()
        .map(
            route ->
                Case.of(
                    413,
                    "body-too-large",
                    route.name(),
                    () ->
                        client.send(
                            route.method(),
                            target(route),
                            null,
                            Map.of(),
                            "{\"name\":\"" + "x".repeat(route.mostBytes()) + "\"}")))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesTimesPeriodsAndZonesThatAreNone() {
    var history = WALLETS + "/" + wallet + "/balance/history?";
    var analytics = WALLETS + "/" + wallet + "/analytics?";
    var changes = "/api/v1/analytics/changes?";
    var january = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";
    return Stream.of(
            get("at", history + "at=yesterday"),
            get("at", history + "at=2026-01-01"),
            get("at", history + "at=%2B20000-01-01T00:00:00Z"),
            get("known_at", history + "at=2026-01-01T00:00:00Z&known_at=-1"),
            get("known_at", history + "known_at=2026-01-01T00:00:00Z"),
            get("limit", history + "at=2026-01-01T00:00:00Z&limit=5"),
            get("from", history + "from=-0001-01-01T00:00:00Z"),
            get("to", history + "from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z"),
            get("order", history + "order=newest"),
            get("limit", history + "limit=101"),
            get("limit", history + "limit=0"),
            get("cursor", history + "cursor=nonsense"),
            get("bucket", analytics + "bucket=year"),
            get("tz", analytics + "tz=Africa/Atlantis"),
            get("tz", analytics + "tz="),
            get("to", analytics + "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"),
            get("to", analytics + "from=2025-01-01T00:00:00Z&bucket=hour"),
            get("to", analytics + "from=0001-01-01T00:00:00Z&bucket=month"),
            get("from", analytics + "from=9000-01-01T00:00:00Z"),
            get("group_by", changes + january),
            get("group_by", changes + january + "&group_by=currency"),
            get("from", changes + "group_by=wallet&to=2026-01-01T00:00:00Z"),
            get("to", changes + "group_by=wallet&from=2026-01-01T00:00:00Z"),
            get("limit", changes + january + "&group_by=provider&limit=5"),
            get("cursor", changes + january + "&group_by=wallet&cursor=nonsense"),
            get("format", "/api/v1/exports/snapshots?format=xlsx"),
            get("after", "/api/v1/exports/snapshots?after=" + wallet),
            get("after", "/api/v1/exports/snapshots?after=" + wallet + ",yesterday"),
            get("after", "/api/v1/exports/movements?after=" + wallet + ",2026-01-01T00:00:00Z"),
            get("after", "/api/v1/exports/movements?after=" + wallet + ",yesterday,key"),
            get(
                "to",
                "/api/v1/exports/snapshots?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"),
            get("to", WALLETS + "/" + wallet + "/statement?to=9000-01-01T00:00:00Z"),
            get("from", WALLETS + "/" + wallet + "/statement?from=9000-01-01T00:00:00Z"),
            get("tz", WALLETS + "/" + wallet + "/analytics/export?tz=Mars"),
            get("group_by", "/api/v1/positions?group_by=colour"),
            get("group_by", "/api/v1/positions?group_by="),
            get("group_by", "/api/v1/positions?group_by=owner,owner"),
            get("at", "/api/v1/positions?at=9000-01-01T00:00:00Z"),
            get("max_age", "/api/v1/positions?max_age=5"),
            get("max_age", "/api/v1/positions?at=2026-01-01T00:00:00Z&max_age=PT5M"),
            get("stale", "/api/v1/positions?max_age=PT5M&stale=drop"),
            get("stale", "/api/v1/positions?stale=refuse"))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesFiltersOfRunsThatAreNotExactlyOne() {
    var one = "\"connection_id\":\"" + connection + "\"";
    return Stream.of(
            filter("filter", "{}"),
            filter("filter", "{\"filter\":null}"),
            filter("filter", "{\"filter\":[]}"),
            filter("filter", "{\"filter\":\"all\"}"),
            filter("filter", "{\"filter\":{}}"),
            filter("filter", "{\"filter\":{\"all\":null}}"),
            filter("filter", "{\"filter\":{\"all\":true," + one + "}}"),
            filter("filter", "{\"filter\":{\"provider\":\"paystack\"," + one + "}}"),
            filter("filter.all", "{\"filter\":{\"all\":false}}"),
            filter("filter.all", "{\"filter\":{\"all\":\"true\"}}"),
            filter("filter.colour", "{\"filter\":{\"all\":true,\"colour\":\"blue\"}}"),
            filter("colour", "{\"filter\":{\"all\":true},\"colour\":\"blue\"}"),
            filter("all", "{\"all\":true}"),
            filter("filter.connection_id", "{\"filter\":{\"connection_id\":\"1-1-1-1-1\"}}"),
            filter(
                "filter.connection_id",
                "{\"filter\":{\"connection_id\":\"" + UUID.randomUUID() + "\"}}"),
            filter("filter.provider", "{\"filter\":{\"provider\":\"nobody\"}}"),
            filter("filter.provider", "{\"filter\":{\"provider\":\"No one!\"}}"),
            filter("filter.owner_id", "{\"filter\":{\"owner_id\":\"\"}}"),
            filter("filter.owner_id", "{\"filter\":{\"owner_id\":5}}"),
            get("state", RUNS + "?state=asleep"))
        .map(Case::test);
  }

  private static Case filter(String field, String body) {
    return Case.field(
        field,
        field + " of " + body,
        () -> client.send("POST", RUNS, ApiClient.randomKey(), Map.of(), body));
  }

  @TestFactory
  Stream<DynamicTest> refusesLimitsAndCursors() {
    return Stream.of(
            CONNECTIONS, WALLETS, KEYS, AUDIT, EVENTS, RUNS, RECONCILIATIONS, RULES, ALERTS)
        .flatMap(
            listing ->
                Stream.concat(
                    Stream.of("0", "101", "abc", "-1", "", "1.5", "01", "%2B5", "1&limit=2")
                        .map(limit -> get("limit", listing + "?limit=" + limit)),
                    badCursors(listing)))
        .map(Case::test);
  }

  /** A cursor of the listing without filters. */
  private static String nextOfAll() {
    return client.get(RECONCILIATIONS + "?limit=1").expect(200).text("next_cursor");
  }

  private static Stream<Case> badCursors(String listing) {
    var cursor = client.get(listing + "?limit=1").expect(200).text("next_cursor");
    var other = listing.equals(WALLETS) ? CONNECTIONS : WALLETS;
    var othersCursor = client.get(other + "?limit=1").expect(200).text("next_cursor");
    var changed = cursor.startsWith("A") ? "B" : "A";
    return Stream.of(
            "",
            "AAAA",
            "!",
            "%00",
            wallet,
            changed + cursor.substring(1),
            cursor + "A",
            cursor + "=",
            cursor.substring(0, cursor.length() - 2),
            othersCursor)
        .map(bad -> get("cursor", listing + "?cursor=" + bad));
  }

  @TestFactory
  Stream<DynamicTest> refusesFiltersThatCanFindNothing() {
    return Stream.of(
            get("connection_id", WALLETS + "?connection_id=abc"),
            get("provider", WALLETS + "?provider=Pay%20Stack"),
            get("currency", WALLETS + "?currency=X"),
            get("owner_id", WALLETS + "?owner_id="),
            get("owner_id", WALLETS + "?owner_id=a%00b"),
            get("owner_id", WALLETS + "?owner_id=" + "a".repeat(129)),
            get("status", WALLETS + "?status=open"),
            get("subject_id", AUDIT + "?subject_id=1"),
            get("action", AUDIT + "?action=" + "a".repeat(65)),
            get("action", AUDIT + "?action=%0A"),
            get("connection_id", EVENTS + "?connection_id=1"),
            get("status", EVENTS + "?status=FAILED"),
            get("max_age", balance("-PT1S")),
            get("max_age", balance("1h")),
            get("max_age", balance("")),
            get("max_age", balance("P1Y")),
            get("max_age", balance("PT99999999999999999999999S")),
            Case.field(
                "close_wallets",
                "close_wallets=maybe",
                () -> client.delete(CONNECTIONS + "/" + connection + "?close_wallets=maybe")))
        .map(Case::test);
  }

  /** Of the wallet, at the beginning of a day on which nothing was known yet. */
  private static String row(String day) {
    return "\"wallet_id\":\"%s\",\"amount\":\"1\",\"as_of\":\"%sT00:00:00Z\",\"reference\":\"x\""
        .formatted(wallet, day);
  }

  @TestFactory
  Stream<DynamicTest> refusesExpectedBalancesThatAreWrong() {
    var right = row("2026-03-01");
    var rows = IntStream.range(0, 1_001).mapToObj(_ -> "{}").collect(Collectors.joining(","));
    return Stream.of(
            book("amount", right.replace("\"1\"", "\"0.1234567890123456789\"")),
            book("amount", right.replace("\"1\"", "\"1234567890123456789\"")),
            book("amount", right.replace("\"1\"", "\"1e3\"")),
            book("amount", right.replace("\"1\"", "\"+1\"")),
            book("amount", right.replace("\"1\"", "\"01\"")),
            book("amount", right.replace("\"1\"", "\"1.\"")),
            book("amount", right.replace("\"1\"", "\"\"")),
            book("amount", right.replace("\"1\"", "\"NaN\"")),
            book("amount", right.replace("\"1\"", "1")),
            book("amount", right.replace("\"1\"", "null")),
            book("as_of", right.replace("00:00Z", "00:00")),
            book("as_of", right.replace("2026", "1969")),
            book("as_of", right.replace("2026", "+999999")),
            book("as_of", right.replace("2026-03-01", "2026-02-30")),
            book("reference", right.replace("\"x\"", "\"\"")),
            book("reference", right.replace("\"x\"", "\"a\\u0000b\"")),
            book("reference", right.replace("\"x\"", "\"" + "x".repeat(129) + "\"")),
            book("wallet_id", right.replace(wallet, "1-1-1-1-1")),
            book("currency", right + ",\"currency\":\"N\""),
            book("tolerance", right + ",\"tolerance\":\"-1\""),
            book("settlement_lag", right + ",\"settlement_lag\":\"-PT1S\""),
            book("settlement_lag", right + ",\"settlement_lag\":\"PT168H1S\""),
            book("settlement_lag", right + ",\"settlement_lag\":\"PT0.5S\""),
            book("settlement_lag", right + ",\"settlement_lag\":\"1h\""),
            book("colour", right + ",\"colour\":\"blue\""),
            post("expected_balances", BOOKS, "\"expected_balances\":null"),
            post("expected_balances", BOOKS, "\"expected_balances\":[]"),
            post("expected_balances", BOOKS, "\"expected_balances\":{}"),
            post("expected_balances", BOOKS, "\"expected_balances\":[" + rows + "]"),
            post("expected_balances[1]", BOOKS, "\"expected_balances\":[{" + right + "},5]"),
            Case.of(
                422,
                "expected-balances-refused",
                "another currency",
                () -> one(right + ",\"currency\":\"GHS\"")),
            Case.of(
                422,
                "expected-balances-refused",
                "the future",
                () -> one(right.replace("2026", "9999"))),
            Case.of(
                422,
                "expected-balances-refused",
                "one of two rows",
                () ->
                    client.post(
                        BOOKS,
                        "{\"expected_balances\":[{%s},{%s}]}"
                            .formatted(right, right.replace(wallet, key)))),
            get("state", RECONCILIATIONS + "?state=OPEN"),
            get("min_drift", RECONCILIATIONS + "?min_drift=-1"),
            get("min_drift", RECONCILIATIONS + "?min_drift=1e5"),
            get("from", RECONCILIATIONS + "?from=yesterday"),
            get("to", RECONCILIATIONS + "?to=2026-01-01"),
            get("wallet_id", RECONCILIATIONS + "?wallet_id=1"),
            get("min_drift", RECONCILIATIONS + "?min_drift=1"),
            get("min_drift", RECONCILIATIONS + "?min_drift=1&state=agreed"),
            get(
                "min_drift",
                RECONCILIATIONS + "?min_drift=1&from=2026-01-01T00:00:00Z&to=2026-02-02T00:00:00Z"),
            get("to", RECONCILIATIONS + "?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z"),
            get("cursor", RECONCILIATIONS + "?state=open&cursor=" + nextOfAll()),
            get("connection_id", "/api/v1/unexplained-wallets?connection_id=1"),
            get("currency", "/api/v1/unexplained-wallets?currency=-"),
            get("cursor", "/api/v1/unexplained-wallets?cursor=AAAA"),
            get("status", WALLETS + "/" + wallet + "/explained-changes?status=OPEN"),
            get("cursor", WALLETS + "/" + wallet + "/movement-coverage?cursor=AAAA"),
            post("from", WALLETS + "/" + wallet + "/import-movements", "\"from\":\"today\""),
            post("note", RECONCILIATIONS + "/" + wallet + "/accept", "\"note\":null"),
            post("note", RECONCILIATIONS + "/" + wallet + "/resolve", "\"note\":\" \""),
            get("kind", RULES + "?kind=everything"),
            get("enabled", RULES + "?enabled=yes"),
            get("state", ALERTS + "?state=open,"),
            get("severity", ALERTS + "?severity=high"),
            get("rule_id", ALERTS + "?rule_id=1"),
            post("name", RULES, "\"condition\":{\"kind\":\"sync_failing\"}"),
            post("condition", RULES, "\"name\":\"x\""),
            post("condition", RULES, "\"name\":\"x\",\"condition\":[]"),
            post(
                "condition.kind",
                RULES,
                "\"name\":\"x\",\"condition\":{\"kind\":\"engine_error\"}"),
            post(
                "condition.after",
                RULES,
                "\"name\":\"x\",\"condition\":{\"kind\":\"no_sync\",\"after\":\"soon\"}"),
            post(
                "condition.limit",
                RULES,
                "\"name\":\"x\",\"condition\":{\"kind\":\"drift_over\",\"currency\":\"NGN\",\"limit\":\"-1\"}"),
            post(
                "scope.wallet_id",
                RULES,
                "\"name\":\"x\",\"scope\":{\"wallet_id\":\"1\"},\"condition\":{\"kind\":\"sync_failing\"}"),
            post(
                "scope.team",
                RULES,
                "\"name\":\"x\",\"scope\":{\"team\":\"1\"},\"condition\":{\"kind\":\"sync_failing\"}"),
            post("until", ALERTS + "/" + wallet + "/snooze", "\"until\":\"tomorrow\""),
            post("note", ALERTS + "/" + wallet + "/resolve", "\"note\":\"\""),
            post("note", ALERTS + "/" + wallet + "/acknowledge", "\"note\":7"))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesPayoutsAndPlansThatAreWrong() {
    var path = WALLETS + "/" + wallet;
    var pay = path + "/can-pay";
    var right = "\"amount\":\"1\",\"reference\":\"x\"";
    var at = "\"at\":\"2026-03-01T00:00:00Z\",";
    var reservation = path + "/reservations/" + wallet;
    return Stream.of(
            post("amount", pay, right.replace("\"1\"", "\"0\"")),
            post("amount", pay, right.replace("\"1\"", "\"0.00\"")),
            post("amount", pay, right.replace("\"1\"", "\"-1\"")),
            post("amount", pay, right.replace("\"1\"", "\"1e3\"")),
            post("amount", pay, right.replace("\"1\"", "1")),
            post("amount", pay, "\"reference\":\"x\""),
            post("reference", pay, "\"amount\":\"1\""),
            post("reference", pay, right.replace("\"x\"", "\" \"")),
            post("reference", pay, right.replace("\"x\"", "\"" + "x".repeat(129) + "\"")),
            post("reserve", pay, right + ",\"reserve\":\"true\""),
            post("max_age", pay, right + ",\"max_age\":\"PT10M1S\""),
            post("max_age", pay, right + ",\"max_age\":\"-PT1S\""),
            post("max_age", pay, right + ",\"max_age\":60"),
            post("expected_within", pay, right + ",\"expected_within\":\"PT0S\""),
            post("expected_within", pay, right + ",\"expected_within\":\"P31D\""),
            post("movement_reference", reservation + "/confirm", "\"movement_reference\":\"\""),
            post("note", reservation + "/release", "\"note\":null"),
            post("note", reservation + "/release", "\"note\":\" \""),
            post("never_left", reservation + "/release", "\"note\":\"x\",\"never_left\":1"),
            get("state", path + "/reservations?state=HELD"),
            get("limit", path + "/reservations?limit=101"),
            get("cursor", path + "/reservations?cursor=nonsense"),
            plan("outflows", "\"minimum\":\"1\""),
            plan("outflows", "\"outflows\":{}"),
            plan("outflows", "\"outflows\":[" + "{},".repeat(1_000) + "{}]"),
            plan("outflows[0]", "\"outflows\":[5]"),
            plan("outflows[0].at", "\"outflows\":[{" + right + "}]"),
            plan("outflows[0].at", "\"outflows\":[{\"at\":\"tomorrow\"," + right + "}]"),
            plan(
                "outflows[0].amount",
                "\"outflows\":[{" + at + right.replace("\"1\"", "\"0\"") + "}]"),
            plan("outflows[0].colour", "\"outflows\":[{\"colour\":1," + at + right + "}]"),
            plan(
                "outflows[1].reference",
                "\"outflows\":[{" + at + right + "},{" + at + right + "}]"),
            plan("minimum", "\"minimum\":\"-1\",\"outflows\":[]"),
            get("minimum", path + "/runway?minimum=-1"),
            get("tz", path + "/runway?tz=Mars"),
            get("horizon", path + "/runway?horizon=PT59M"),
            get("horizon", path + "/runway?horizon=P366D"),
            get("inflows", path + "/runway?inflows=yes"),
            get("at_least", path + "/runway/health?at_least=2"),
            get("by", path + "/runway/health?by=mean"),
            get("max_age", path + "/runway/health?max_age=1h"))
        .map(Case::test);
  }

  private static Case plan(String field, String members) {
    return Case.field(
        field,
        shorten(members),
        () ->
            client.send(
                "PUT",
                WALLETS + "/" + wallet + "/planned-outflows",
                null,
                Map.of(),
                "{" + members + "}"));
  }

  private static Case book(String field, String row) {
    return post("expected_balances[0]." + field, BOOKS, "\"expected_balances\":[{" + row + "}]");
  }

  private static Answer one(String row) {
    return client.send(
        "PUT",
        WALLETS + "/" + wallet + "/expected-balance",
        null,
        Map.of(),
        "{" + row.substring(row.indexOf(',') + 1) + "}");
  }

  @Test
  void aHugeAgeIsJustVeryPatient() {
    client.get(balance("P106751991167300D")).expect(200);
  }

  @TestFactory
  Stream<DynamicTest> refusesWrongConnections() {
    var right =
        "\"provider\":\"paystack\",\"name\":\"x\",\"credentials\":{\"secret_key\":\"sk_new\"}";
    return Stream.of(
            post("provider", CONNECTIONS, right.replace("paystack", "stripe")),
            post("provider", CONNECTIONS, right.replace("paystack", "Pay stack")),
            post("provider", CONNECTIONS, right.replace("\"paystack\"", "5")),
            post("provider", CONNECTIONS, right.replace("\"paystack\"", "null")),
            post("name", CONNECTIONS, right.replace("\"x\"", "\"bell\\u0007\"")),
            post("name", CONNECTIONS, right.replace("\"x\"", "\"\\u202Egnp.exe\"")),
            post("name", CONNECTIONS, right.replace("\"x\"", "\"\\u0000\"")),
            post("name", CONNECTIONS, right.replace("\"x\"", "\"\\ud800\"")),
            post("name", CONNECTIONS, right.replace("\"x\"", "\"  \"")),
            post("name", CONNECTIONS, right.replace("\"x\"", '"' + "x".repeat(101) + '"')),
            post("name", CONNECTIONS, right.replace("\"x\"", "[\"x\"]")),
            post("credentials", CONNECTIONS, right.replace("secret_key", "key")),
            post("credentials", CONNECTIONS, right.replace("{\"secret_key\":\"sk_new\"}", "{}")),
            post("credentials", CONNECTIONS, right.replace("{\"secret_key\":\"sk_new\"}", "\"s\"")),
            post("credentials", CONNECTIONS, right.replace("sk_new", "sk new")),
            post("credentials", CONNECTIONS, right.replace("sk_new", "")),
            post("credentials", CONNECTIONS, right.replace("sk_new", "x".repeat(513))),
            post("credentials", CONNECTIONS, right.replace("sk_new", "sk\\r\\nHost: evil")),
            post("credentials.secret_key", CONNECTIONS, right.replace("\"sk_new\"", "5")),
            post("environment", CONNECTIONS, right + ",\"environment\":\"live\""),
            post("environment", CONNECTIONS, right + ",\"environment\":\"test\""),
            post("call_budget", CONNECTIONS, right + ",\"call_budget\":5"),
            post("call_budget.per_day", CONNECTIONS, right + ",\"call_budget\":{\"per_day\":0}"))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesWrongCallBudgets() {
    return Stream.of(
            budget("call_budget", "[]"),
            budget("call_budget", "\"10\""),
            budget("call_budget.per_second", "{\"per_second\":0}"),
            budget("call_budget.per_second", "{\"per_second\":-1}"),
            budget("call_budget.per_second", "{\"per_second\":1000000001}"),
            budget("call_budget.per_second", "{\"per_second\":1.5}"),
            budget("call_budget.per_second", "{\"per_second\":\"10\"}"),
            budget("call_budget.per_day", "{\"per_second\":1,\"per_day\":true}"),
            budget("call_budget.per_day", "{\"per_day\":99999999999999999999}"),
            budget("call_budget.per_hour", "{\"per_second\":1,\"per_hour\":1}"),
            budget("call_budget.bell?", "{\"bell\\u0007\":1}"))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesWrongTrials() {
    var discover = CONNECTIONS + "/" + connection + "/discover";
    var right = "\"credentials\":{\"secret_key\":\"sk_new\"}";
    return Stream.of(
            post("currencies", discover, "\"currencies\":\"NGN\""),
            post("currencies[0]", discover, "\"currencies\":[\"X\"]"),
            post("owner_id", discover, "\"owner_id\":\"\""),
            post("deep", CONNECTIONS + "/" + connection + "/check", "\"deep\":true"),
            put("credentials", right.replace("sk_new", "")),
            put("credentials", right.replace("secret_key", "api_key")),
            put("credentials.secret_key", right.replace("\"sk_new\"", "7")),
            put("webhook_overlap_seconds", right + ",\"webhook_overlap_seconds\":259201"),
            put("webhook_overlap_seconds", right + ",\"webhook_overlap_seconds\":-1"),
            put("webhook_overlap_seconds", right + ",\"webhook_overlap_seconds\":\"1\""))
        .map(Case::test);
  }

  private static Case put(String field, String members) {
    return Case.field(
        field,
        shorten(members),
        () ->
            client.send(
                "PUT",
                CONNECTIONS + "/" + connection + "/credentials",
                null,
                Map.of(),
                "{" + members + "}"));
  }

  @TestFactory
  Stream<DynamicTest> refusesWrongWallets() {
    var right = "\"connection_id\":\"" + connection + "\",\"currency\":\"KES\"";
    return Stream.of(
            post("connection_id", WALLETS, right.replace(connection, "1-1-1-1-1")),
            post("connection_id", WALLETS, right.replace(connection, UUID.randomUUID() + "")),
            post("currency", WALLETS, right.replace("KES", "X")),
            post("currency", WALLETS, right.replace("KES", "K E S")),
            post("currency", WALLETS, right.replace("\"KES\"", "404")),
            post("provider_account_id", WALLETS, right + ",\"provider_account_id\":\"1\""),
            post("owner_id", WALLETS, right + ",\"owner_id\":\"\\u001b[31m\""),
            post("owner_id", WALLETS, right + ",\"owner_id\":\"\""),
            post("provider_customer_id", WALLETS, right + ",\"provider_customer_id\":7"),
            post("metadata", WALLETS, right + ",\"metadata\":[]"),
            post("metadata", WALLETS, right + ",\"metadata\":" + entries(51)),
            post("metadata", WALLETS, right + ",\"metadata\":" + entry("x".repeat(41), "\"\"")),
            post("metadata", WALLETS, right + ",\"metadata\":" + entry("", "\"\"")),
            post("metadata", WALLETS, right + ",\"metadata\":" + entry("a", text(501))),
            post("metadata", WALLETS, right + ",\"metadata\":" + entry("a", "\"\\u0000\"")),
            post("metadata.a", WALLETS, right + ",\"metadata\":" + entry("a", "1")),
            post("metadata.a", WALLETS, right + ",\"metadata\":" + entry("a", "null")),
            post("metadata.a", WALLETS, right + ",\"metadata\":" + entry("a", "{}")),
            Case.of(
                422,
                "currency-not-offered",
                "a currency the provider does not have",
                () -> client.post(WALLETS, "{" + right.replace("KES", "ZZZ") + "}")))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesWrongChanges() {
    return Stream.of(
            patch("status", "\"status\":\"closed\""),
            patch("status", "\"status\":true"),
            patch("metadata", "\"metadata\":\"x\""),
            patch("metadata", "\"metadata\":" + entries(51)),
            patch("metadata", "\"metadata\":" + entry("x".repeat(41), "\"\"")),
            patch("metadata", "\"metadata\":" + entry("a", text(501))),
            patch("metadata.a", "\"metadata\":" + entry("a", "1")),
            patch("metadata.a?", "\"metadata\":{\"a\\u0000\":null,\"b\":\"1\"}"),
            patch("metadata.a?", "\"metadata\":{\"a\\ud800\":null,\"b\":\"1\"}"),
            patch("currency", "\"currency\":\"GHS\""))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesWrongSyncs() {
    var sync = WALLETS + "/" + wallet + "/sync-balance";
    var header =
        Stream.of("k".repeat(256), "with space", "", "schlüssel", "a\"b", "a,b")
            .map(
                bad ->
                    Case.field(
                        "Idempotency-Key",
                        "the key " + bad,
                        () ->
                            bad.chars().allMatch(c -> c < 127)
                                ? client.sync(wallet, bad)
                                : client.sync(wallet, "%C3%BC")));
    var aliases =
        Stream.of("k".repeat(256), "with space", "")
            .flatMap(
                bad ->
                    Stream.of(
                        post("idempotency_key", sync, "\"idempotency_key\":\"" + bad + "\""),
                        Case.field(
                            "idempotency_key",
                            "in the query " + bad,
                            () ->
                                client.post(
                                    sync + "?idempotency_key=" + bad.replace(" ", "%20"), "{}"))));
    var others =
        Stream.of(
            post("user_id", sync, "\"user_id\":\"\""),
            post("user_id", sync, "\"user_id\":" + text(129)),
            post("user_id", sync, "\"user_id\":\"a\\nb\""),
            post("user_id", sync, "\"user_id\":5"),
            post("idempotency_key", sync, "\"idempotency_key\":5"),
            Case.field(
                "Idempotency-Key",
                "two keys that differ",
                () -> client.send("POST", sync, "a", Map.of(), "{\"idempotency_key\":\"b\"}")));
    return Stream.of(header, aliases, others).flatMap(cases -> cases).map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesWrongSettlements() {
    var readings = "/api/v1/quarantined-readings";
    var release = readings + "/" + wallet + "/release";
    return Stream.of(
            get("status", readings + "?status=agreed"),
            get("wallet_id", readings + "?wallet_id=x"),
            get("connection_id", readings + "?connection_id=1"),
            get("reading_id", readings + "/x"),
            post("note", release, "\"note\":7"),
            post("note", release, "\"note\":\"\""),
            post("note", release, "\"note\":" + text(501)),
            post("note", release, "\"note\":\"a\\u0000\""),
            post("balance", release, "\"balance\":\"1.00\""))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesWrongKeys() {
    var right = "\"name\":\"x\",\"scopes\":[\"wallets:read\"]";
    var rotate = KEYS + "/" + key + "/rotate";
    return Stream.of(
            post("name", KEYS, right.replace("\"x\"", "\"\\u0000\"")),
            post("name", KEYS, right.replace("\"x\"", text(101))),
            post("scopes", KEYS, right.replace("[\"wallets:read\"]", "[]")),
            post("scopes", KEYS, right.replace("[\"wallets:read\"]", "\"wallets:read\"")),
            post("scopes[0]", KEYS, right.replace("wallets:read", "wallets:fly")),
            post("scopes[0]", KEYS, right.replace("\"wallets:read\"", "1")),
            post("connection_ids", KEYS, right + ",\"connection_ids\":[]"),
            post("connection_ids[0]", KEYS, right + ",\"connection_ids\":[\"x\"]"),
            post("overlap_seconds", rotate, "\"overlap_seconds\":-1"),
            post("overlap_seconds", rotate, "\"overlap_seconds\":604801"),
            post("overlap_seconds", rotate, "\"overlap_seconds\":1.5"),
            post("overlap_seconds", rotate, "\"overlap_seconds\":\"60\""),
            post("overlap_seconds", rotate, "\"overlap_seconds\":99999999999999999999"))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesWrongStreams() {
    var stream = "/api/v1/events/stream";
    return Stream.of(
            get("after", stream + "?after="),
            get("after", stream + "?after=bmV2ZXI"),
            get("type", stream + "?type=balance.changed,"),
            get("wallet_id", stream + "?wallet_id=mine"),
            get("limit", stream + "?limit=5"),
            Case.field(
                "Last-Event-ID",
                "an id of nothing",
                () -> client.get(stream, Map.of("Last-Event-ID", "7"))))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesWrongReplays() {
    var right = "\"connection_id\":\"" + connection + "\",\"status\":\"failed\"";
    return Stream.of(
            post("connection_id", EVENTS + "/replay", right.replace(connection, "1-1-1-1-1")),
            post("connection_id", EVENTS + "/replay", "\"status\":\"failed\""),
            post("status", EVENTS + "/replay", right.replace("failed", "done")),
            post("status", EVENTS + "/replay", right.replace("\"failed\"", "null")))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> refusesWrongRoutes() {
    return Stream.of(
            Case.of(404, "route-not-found", "no route", () -> client.get("/api/v1/nowhere")),
            Case.of(404, "route-not-found", "a slash too many", () -> client.get(WALLETS + "/")),
            Case.of(404, "route-not-found", "the error page", () -> client.get("/error")),
            Case.of(404, "route-not-found", "the root", () -> client.get("/")),
            Case.of(404, "route-not-found", "no actuator", () -> client.get("/actuator")),
            Case.of(
                404,
                "wallet-not-found",
                "a wallet that does not exist",
                () -> client.sync(UUID.randomUUID().toString(), "some-key")))
        .map(Case::test);
  }

  @TestFactory
  Stream<DynamicTest> tellsWhichMethodsAPathHas() {
    return Map.of(
            WALLETS,
            "GET, POST",
            WALLETS + "/" + wallet,
            "DELETE, GET, PATCH",
            WALLETS + "/" + wallet + "/sync-balance",
            "POST",
            WALLETS + "/" + wallet + "/balance",
            "GET",
            AUDIT,
            "GET")
        .entrySet()
        .stream()
        .map(
            path ->
                dynamicTest(
                    path.getKey(),
                    () -> {
                      var answer = client.send("PUT", path.getKey(), null, Map.of(), "{}");
                      Case.of(405, "method-not-allowed", "PUT", () -> answer).run();
                      assertThat(answer.header("Allow")).isEqualTo(path.getValue());
                    }));
  }

  @Test
  void aSignedOptionsTellsTheMethods() {
    var answer = client.send("OPTIONS", WALLETS, null, Map.of(), null).expect(200);

    assertThat(answer.header("Allow")).contains("GET", "POST");
  }

  @Test
  void whatIsAcceptedIsJsonAndNotRefusedAfterTheWork() {
    var answer =
        client.send(
            "POST",
            KEYS,
            null,
            Map.of("Accept", "text/html"),
            "{\"name\":\"x\",\"scopes\":[\"wallets:read\"]}");

    assertThat(answer.expect(201).header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text("secret")).isNotEmpty();
  }

  private static Stream<ApiRoute> withBody() {
    return ApiRoute.all(server).stream().filter(route -> route.emptyBody() != null);
  }

  private static String target(ApiRoute route) {
    return route
        .path()
        .replace("{wallet_id}", wallet)
        .replace("{reading_id}", wallet) // what is wrong is told before anything is looked up
        .replace("{event_id}", wallet)
        .replace("{subscription_id}", wallet)
        .replace("{delivery_id}", wallet)
        .replace("{run_id}", wallet)
        .replace("{reconciliation_id}", wallet)
        .replace("{rule_id}", wallet)
        .replace("{alert_id}", wallet)
        .replace("{reservation_id}", wallet)
        .replace("{snapshot_id}", wallet)
        .replace("{api_key_id}", key)
        .replace("{connection_id}", connection);
  }

  private static String balance(String maxAge) {
    return WALLETS + "/" + wallet + "/balance?max_age=" + maxAge;
  }

  private static Case get(String field, String target) {
    return Case.field(field, "GET " + target, () -> client.get(target));
  }

  private static Case post(String field, String target, String members) {
    return Case.field(field, shorten(members), () -> client.post(target, "{" + members + "}"));
  }

  private static Case budget(String field, String value) {
    return Case.field(
        field,
        value,
        () -> client.patch(CONNECTIONS + "/" + connection, "{\"call_budget\":" + value + "}"));
  }

  private static Case patch(String field, String members) {
    return Case.field(
        field, shorten(members), () -> client.patch(WALLETS + "/" + wallet, "{" + members + "}"));
  }

  private static String shorten(String text) {
    return text.length() < 150 ? text : text.substring(0, 150) + "…";
  }

  private static String text(int length) {
    return '"' + "x".repeat(length) + '"';
  }

  private static String entry(String name, String value) {
    return "{\"" + name + "\":" + value + "}";
  }

  private static String entries(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"n" + i + "\":\"\"")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
