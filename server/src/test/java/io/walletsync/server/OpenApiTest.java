package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.walletsync.core.Concurrently;
import io.walletsync.core.access.Scope;
import io.walletsync.server.ApiDescription.Operation;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.PaystackWebhooks;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import io.walletsync.server.webhook.StubReceiver;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is documented is served, and what is served is documented, down to each member. */
class OpenApiTest {
  private static final String SECRET = "sk_test_the_described_store";

  private static final String MANY_SUBSCRIPTIONS =
      """
      insert into subscription (
               subscription_id, name, channel, target, sealed_by, filter, state, disabled_reason,
               since_epoch, since_transaction, since_event, created_at, updated_at)
      select gen_random_uuid(), 'one of many', 'WEBHOOK', '', '', '{}', 'DISABLED', 'GONE', 0, '0',
             gen_random_uuid(), now(), now()
        from generate_series(1, 200)
      """;

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static StubReceiver receiver;
  private static String yaml;
  private static ApiDescription description;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    // a Fincra that takes every key and answers as the stub is told for none
    var fincra = Map.of("WALLETSYNC_PROVIDERS_FINCRA_BASE_URL", paystack.url() + "/balance/fincra");
    receiver = new StubReceiver();
    var environment = new HashMap<>(fincra);
    environment.put("WALLETSYNC_WEBHOOKS_ALLOW_LOCAL", "true");
    server = TestServer.start(database, paystack.url(), environment);
    yaml = unsigned("/openapi.yaml").expect(200).body();
    description = new ApiDescription(yaml);
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
    receiver.close();
  }

  @Test
  void isReadByOthersAsOpenApi31() {
    var parsed = new OpenAPIV3Parser().readContents(yaml);

    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.getOpenAPI().getSpecVersion()).isEqualTo(SpecVersion.V31);
    assertThat(parsed.getOpenAPI().getPaths())
        .hasSameSizeAs(description.document().path("paths").propertyNames());
  }

  @Test
  void everySchemaIsOneAndItsExamplesFit() {
    for (var schema : description.document().at("/components/schemas").properties()) {
      assertThat(description.flaws(schema.getValue())).as(schema.getKey()).isEmpty();
      for (var example : schema.getValue().path("examples")) {
        assertThat(description.errors(schema.getValue(), example)).as(schema.getKey()).isEmpty();
      }
    }
    for (var operation : description.operations()) {
      var content = operation.node().at("/requestBody/content/application~1json");
      for (var example : content.path("examples")) {
        description.checkRequest(operation, example.path("value").toString());
      }
    }
  }

  @Test
  void everyReferenceLeadsSomewhereAndNothingIsLeftOver() {
    var references = new HashSet<String>();
    description
        .document()
        .findValuesAsString("$ref")
        .forEach(reference -> references.add(reference.substring(1)));
    assertThat(references)
        .allSatisfy(
            reference ->
                assertThat(description.document().at(reference).isObject()).as(reference).isTrue());
    for (var kind : description.document().path("components").properties()) {
      for (var name : kind.getValue().propertyNames()) {
        var pointer = "/components/" + kind.getKey() + "/" + name;
        assertThat(
                references.contains(pointer)
                    || kind.getKey().equals("securitySchemes")
                    || Set.of("RouteNotFound", "MethodNotAllowed").contains(name))
            .as(pointer)
            .isTrue();
      }
    }
  }

  @Test
  void describesEveryRouteWithItsScopeAndNoOther() {
    var served =
        ApiRoute.all(server).stream()
            .collect(Collectors.toMap(ApiRoute::name, route -> route.scope().code()));
    var described =
        description.operations().stream()
            .filter(operation -> !operation.isPublic())
            .collect(Collectors.toMap(Operation::name, Operation::scope));

    assertThat(described).isEqualTo(served).hasSizeGreaterThan(15);
    assertThat(description.operations())
        .filteredOn(operation -> !operation.isPublic())
        .allSatisfy(
            operation ->
                assertThat(operation.node().path("description").asString())
                    .contains("Needs the scope `" + operation.scope() + "`."));
  }

  @Test
  void listsEveryScope() {
    assertThat(
            description
                .document()
                .at("/components/schemas/Scope/enum")
                .valueStream()
                .map(code -> Scope.of(code.asString())))
        .containsExactly(Scope.values());
  }

  @Test
  void whatNeedsNoSignatureIsServedWithoutOne() {
    var open =
        description.operations().stream()
            .filter(operation -> operation.isPublic() && operation.method().equals("GET"))
            .toList();

    assertThat(open).hasSize(6);
    assertThat(open)
        .allSatisfy(
            operation -> {
              var answer = unsigned(operation.path()).expect(200);
              description.checkAnswer("GET", operation.path(), answer);
            });
    assertThat(unsigned("/openapi.yaml").header("Content-Type")).isEqualTo("application/yaml");
  }

  @Test
  void givesEveryDocumentedAnswerAsItIsDescribed() throws Exception {
    var seen = new HashSet<String>();
    var client = new DescribedClient(server.client(), description, seen);

    var connection = connections(client);
    var wallet = wallets(client, connection);
    balances(client, wallet);
    history(client, wallet);
    quarantine(client, wallet);
    reconciliations(client, connection, wallet);
    alerts(client, connection, wallet);
    payouts(client, connection, wallet);
    client.get("/api/v1/events?limit=100&wallet_id=" + wallet).expect(200);
    eventStream(client, wallet);
    subscriptions(client, wallet);
    syncsThatFail(client, connection, wallet);
    inFlight(client, wallet);
    apiKeys(client);
    auditEntries(client);
    providerEvents(client, connection);
    syncRuns(client, connection);
    movements(client, wallet);
    limited(client, connection);
    ApiRoute.all(server).forEach(route -> refusals(client, route));
    client.call("DELETE", "/api/v1/wallets/" + wallet, null).expect(200);
    client.call("PATCH", "/api/v1/wallets/" + wallet, "{\"status\":\"paused\"}").expect(409);
    client.call("DELETE", "/api/v1/connections/" + connection, null).expect(204);
    client.get("/api/v1/nowhere").expect(404);
    client.call("PUT", "/api/v1/wallets", "{}").expect(405);

    assertThat(unseen(seen)).isEmpty();
  }

  /** A stream that ends, because its key does. */
  private static void eventStream(DescribedClient client, String wallet) throws Exception {
    var target = "/api/v1/events/stream?wallet_id=" + wallet;
    var created =
        client.call("POST", "/api/v1/api-keys", "{\"name\":\"x\",\"scopes\":[\"wallets:read\"]}");
    var heard = Concurrently.supply(() -> key(created).get(target));
    Eventually.within(
        Duration.ofSeconds(20),
        "the start of a stream",
        () -> unsigned("/actuator/prometheus").body().contains("event_streams_open 1.0"));
    client.call("DELETE", "/api/v1/api-keys/" + created.text("api_key_id"), null).expect(200);
    var whole = client.saw("GET", target, null, heard.get(20, TimeUnit.SECONDS).expect(200));
    assertThat(whole.body()).startsWith("retry: ").contains("\nevent: balance.changed\ndata: {");
  }

  private static Set<String> unseen(Set<String> seen) {
    var unseen = new TreeSet<String>();
    for (var operation : description.operations()) {
      for (var status : operation.statuses()) {
        // those need a database that is away, a bug, or a provider that is silent for 15 seconds
        if (!operation.isPublic() && !Set.of("500", "503", "504").contains(status)) {
          unseen.add(operation.name() + " " + status);
        }
      }
    }
    unseen.removeAll(seen);
    return unseen;
  }

  private static String connections(DescribedClient client) {
    var body =
        "{\"provider\":\"paystack\",\"name\":\"Store\",\"credentials\":{\"secret_key\":\"%s\"}}";
    var added = client.call("POST", "/api/v1/connections", body.formatted(SECRET)).expect(201);
    client.get(added.header("Location")).expect(200);
    client
        .call(
            "PATCH",
            added.header("Location"),
            "{\"call_budget\":{\"per_second\":50,\"per_day\":5000}}")
        .expect(200);
    client.call("POST", "/api/v1/connections", body.formatted(SECRET)).expect(409);
    client.call("POST", "/api/v1/connections", body.formatted("short")).expect(201);
    var page = client.get("/api/v1/connections?limit=1").expect(200);
    client.get("/api/v1/connections?cursor=" + page.text("next_cursor")).expect(200);
    var path = added.header("Location");
    paystack.has(SECRET, "NGN", 1);
    client.call("POST", path + "/check", "{}").expect(200);
    client.call("POST", path + "/discover", "{\"currencies\":[\"ZAR\"]}").expect(200);
    var same = "{\"credentials\":{\"secret_key\":\"%s\"},\"webhook_overlap_seconds\":60}";
    client.call("PUT", path + "/credentials", same.formatted(SECRET)).expect(200);
    client.call("PUT", path + "/credentials", same.formatted("sk_unknown")).expect(422);
    paystack.has("short", "NGN", 1);
    client.call("PUT", path + "/credentials", same.formatted("short")).expect(409);
    paystack.replies("sk_broken", _ -> new StubPaystack.Reply(500, "oops"));
    client.call("PUT", path + "/credentials", same.formatted("sk_broken")).expect(502);
    paystack.replies(SECRET, _ -> new StubPaystack.Reply(400, "{}"));
    client.call("POST", path + "/discover", "{}").expect(502);
    return added.text("connection_id");
  }

  private static String wallets(DescribedClient client, String connection) {
    var body = "{\"connection_id\":\"%s\",\"currency\":\"%s\",\"owner_id\":\"ada\"}";
    var naira = body.formatted(connection, "NGN");
    var registered = client.call("POST", "/api/v1/wallets", naira).expect(201);
    client.call("POST", "/api/v1/wallets", naira).expect(200);
    client.call("POST", "/api/v1/wallets", body.formatted(connection, "GHS")).expect(201);
    client.call("POST", "/api/v1/wallets", body.formatted(connection, "ZZZ")).expect(422);
    client.get(registered.header("Location")).expect(200);
    client
        .call(
            "PATCH",
            registered.header("Location"),
            "{\"status\":\"active\",\"metadata\":{\"team\":\"payouts\",\"old\":null}}")
        .expect(200);
    client
        .get(
            "/api/v1/wallets?provider=paystack&currency=NGN&owner_id=ada&status=active&connection_id="
                + connection)
        .expect(200);
    var page = client.get("/api/v1/wallets?limit=1").expect(200);
    client.get("/api/v1/wallets?cursor=" + page.text("next_cursor")).expect(200);
    client.call("DELETE", "/api/v1/connections/" + connection, null).expect(409);
    return registered.text("wallet_id");
  }

  private static void balances(DescribedClient client, String wallet) {
    var path = "/api/v1/wallets/" + wallet;
    client.get(path + "/balance").expect(404);
    paystack.has(SECRET, "NGN", 1_700_000);
    var key = ApiClient.randomKey();
    var sync = path + "/sync-balance";
    client.call("POST", sync, key, Map.of(), "{\"user_id\":\"ada\"}").expect(200);
    var replayed = client.call("POST", sync, key, Map.of(), "{\"user_id\":\"ada\"}").expect(200);
    assertThat(replayed.header("Idempotent-Replayed")).isEqualTo("true");
    client.call("POST", sync, key, Map.of(), null).expect(422);
    assertThat(client.call("POST", sync, null).expect(200).text("outcome")).isEqualTo("unchanged");
    paystack.ledger(SECRET, "NGN", 5, 11, "2026-01-01T00:00:00.000Z");
    paystack.has(SECRET, "NGN", 5);
    client.call("POST", sync + "?idempotency_key=" + ApiClient.randomKey(), null).expect(200);
    paystack.noLedger(SECRET);
    var balance = client.get(path + "/balance?max_age=PT5M").expect(200);
    client
        .call("GET", path + "/balance", null, Map.of("If-None-Match", balance.header("ETag")), null)
        .expect(304);
    client.get(path + "/balance?max_age=PT0S").expect(409);
  }

  private static void history(DescribedClient client, String wallet) {
    var path = "/api/v1/wallets/" + wallet;
    var page = client.get(path + "/balance/history?limit=1").expect(200);
    client.get(path + "/balance/history?cursor=" + page.text("next_cursor")).expect(200);
    client.get(path + "/balance/history?at=2026-01-01T00:00:00Z").expect(200);
    var snapshot = page.json().at("/data/0/snapshot_id").asString();
    client.get(path + "/snapshots/" + snapshot).expect(200);
    client.get(path + "/analytics").expect(200);
    client.get(path + "/analytics?bucket=month&tz=Africa/Lagos").expect(200);
    var changes = "/api/v1/analytics/changes?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";
    var wallets = client.get(changes + "&group_by=wallet&limit=1").expect(200);
    client.get(changes + "&group_by=wallet&cursor=" + wallets.text("next_cursor")).expect(200);
    client.get(changes + "&group_by=provider&provider=paystack").expect(200);
    client.get("/api/v1/exports/snapshots?wallet_id=" + wallet).expect(200);
    client.get("/api/v1/exports/snapshots?format=jsonl").expect(200);
    client.get("/api/v1/exports/movements").expect(200);
    client.get(path + "/statement").expect(200);
    client.get(path + "/analytics/export?format=jsonl").expect(200);
    client.get("/api/v1/positions?group_by=currency,provider,connection,owner").expect(200);
    client.get("/api/v1/positions?at=2026-01-01T00:00:00Z&currency=NGN").expect(200);
    client.get("/api/v1/positions?max_age=PT0S&stale=refuse").expect(409);
    tooManyOwners();
    client.get("/api/v1/positions?group_by=owner").expect(422);
    database.look().sql("delete from wallet where owner_id like 'one of many %'").update();
  }

  private static void tooManyOwners() {
    database
        .look()
        .sql(
            """
            insert into wallet (wallet_id, connection_id, provider, provider_account_id, currency,
                                owner_id, metadata, status, created_at, updated_at)
            select gen_random_uuid(), (select min(connection_id::text)::uuid from connection),
                   'paystack', number::text, 'NGN', 'one of many ' || number, '{}', 'ACTIVE', now(),
                   now()
              from generate_series(1, 10001) as number
            """)
        .update();
  }

  private static void quarantine(DescribedClient client, String wallet) {
    var path = "/api/v1/quarantined-readings";
    var first = doubt(client, wallet);
    assertThat(client.get("/api/v1/wallets/" + wallet + "/balance").json().has("in_doubt"))
        .isTrue();
    client.get(path + "/" + first).expect(200);
    client.call("POST", path + "/" + first + "/reject", "{\"note\":\"a slip\"}").expect(200);
    client.call("POST", path + "/" + first + "/release", "{}").expect(409);
    var second = doubt(client, wallet);
    client.call("POST", path + "/" + second + "/release", "{}").expect(200);
    client.call("POST", path + "/" + second + "/reject", "{}").expect(409);
    var page = client.get(path + "?limit=1&status=settled&wallet_id=" + wallet).expect(200);
    client.get(path + "?cursor=" + page.text("next_cursor")).expect(200);
  }

  /** The provider slips once, and then there is no second answer. */
  private static String doubt(DescribedClient client, String wallet) {
    var slip = paystack.calls(SECRET) + 1;
    paystack.replies(
        SECRET,
        call ->
            call == slip
                ? StubPaystack.balance("NGN", 500)
                : new StubPaystack.Reply(200, "Back soon"));
    var sync = "/api/v1/wallets/" + wallet + "/sync-balance";
    assertThat(client.call("POST", sync, null).expect(200).text("outcome"))
        .isEqualTo("quarantined");
    return client
        .get("/api/v1/quarantined-readings?status=open&wallet_id=" + wallet)
        .json()
        .at("/data/0/reading_id")
        .asString();
  }

  private static void alerts(DescribedClient client, String connection, String wallet) {
    var rules = "/api/v1/alert-rules";
    var body =
        """
        {"name": "High", "severity": "critical", "enabled": true, "scope": {"wallet_id": "%s"},
         "condition": {"kind": "balance_above", "currency": "NGN", "threshold": "-1"}}
        """
            .formatted(wallet);
    var rule = client.call("POST", rules, body).expect(201);
    client.call("POST", rules, "{\"name\":\"x\",\"condition\":{\"kind\":\"storm\"}}").expect(400);
    var one = rules + "/" + rule.text("rule_id");
    client.get(one).expect(200);
    client.call("PATCH", one, "{\"name\":\"Too high\"}").expect(200);
    client
        .call("POST", rules, "{\"name\":\"x\",\"condition\":{\"kind\":\"sync_failing\"}}")
        .expect(201);
    var page = client.get(rules + "?limit=1&enabled=true").expect(200);
    client.get(rules + "?kind=balance_above&cursor=" + page.text("next_cursor")).expect(200);
    var alerts = "/api/v1/alerts";
    var found =
        client
            .get(alerts + "?limit=1&state=open,snoozed&wallet_id=" + wallet)
            .expect(200)
            .json()
            .at("/data/0/alert_id")
            .asString();
    var alert = alerts + "/" + found;
    client.get(alert).expect(200);
    client.call("POST", alert + "/acknowledge", "{\"note\":\"mine\"}").expect(200);
    client.call("POST", alert + "/snooze", "{\"until\":\"2001-01-01T00:00:00Z\"}").expect(400);
    client
        .call("POST", alert + "/snooze", "{\"until\":\"2027-03-01T00:00:00Z\",\"note\":\"x\"}")
        .expect(200);
    client.call("POST", alert + "/resolve", "{\"note\":\"known\"}").expect(200);
    for (var again :
        Map.of(
                "/acknowledge", "{}",
                "/snooze", "{\"until\":\"2027-03-01T00:00:00Z\"}",
                "/resolve", "{\"note\":\"known\"}")
            .entrySet()) {
      client.call("POST", alert + again.getKey(), again.getValue()).expect(409);
    }
    client.get(alert + "/history").expect(200);
    client
        .get(
            alerts
                + "?kind=balance_above&severity=critical&rule_id="
                + rule.text("rule_id")
                + "&connection_id="
                + connection)
        .expect(200);
    client.call("DELETE", one, null).expect(204);
    client.get(one).expect(404);
    database
        .look()
        .sql(
            """
            insert into alert_rule (rule_id, name, severity, enabled, kind, condition, metadata,
                                    revision, in_force_since, walk_due, created_at, updated_at)
            select gen_random_uuid(), 'many', 'WARNING', false, 'SYNC_FAILING',
                   '{"kind": "sync_failing"}', '{}', 1, now(), false, now(), now()
              from generate_series(1, 1000)
            """)
        .update();
    client.call("POST", rules, body).expect(409);
    database.look().sql("delete from alert_rule where name = 'many'").update();
  }

  private static void reconciliations(DescribedClient client, String connection, String wallet) {
    var path = "/api/v1/wallets/" + wallet + "/expected-balance";
    var balance = client.get("/api/v1/wallets/" + wallet + "/balance").expect(200);
    var body =
        "{\"amount\":\"%s\",\"as_of\":\"%s\",\"reference\":\"close\",\"currency\":\"%s\","
            + "\"tolerance\":\"0.01\",\"settlement_lag\":\"PT0S\"}";
    var asOf = balance.text("as_of");
    var open = client.call("PUT", path, body.formatted("-7", asOf, "NGN")).expect(200);
    assertThat(open.text("state")).isEqualTo("open");
    client.call("PUT", path, body.formatted("-7", asOf, "GHS")).expect(422);
    var one = "/api/v1/reconciliations/" + open.text("reconciliation_id");
    client.get(one).expect(200);
    client.get(one + "/comparisons").expect(200);
    client.call("POST", one + "/accept", "{\"note\":\"known\"}").expect(200);
    client.call("POST", one + "/resolve", "{\"note\":\"over\"}").expect(409);
    var other = client.call("PUT", path, body.formatted("-8", asOf, "NGN")).expect(200);
    client
        .call(
            "POST",
            "/api/v1/reconciliations/" + other.text("reconciliation_id") + "/resolve",
            "{\"note\":\"over\"}")
        .expect(200);
    var unknown =
        client.call("PUT", path, body.formatted("1", "2026-01-01T00:00:00Z", "NGN")).expect(200);
    assertThat(unknown.text("state")).isEqualTo("unknown");
    var nothing = "/api/v1/reconciliations/" + unknown.text("reconciliation_id");
    client.call("POST", nothing + "/accept", "{\"note\":\"x\"}").expect(409);
    var many = "{\"expected_balances\":[{\"wallet_id\":\"%s\",\"amount\":\"1\",%s}]}";
    var rest = "\"as_of\":\"2026-02-01T00:00:00Z\",\"reference\":\"close\"";
    client.call("POST", "/api/v1/expected-balances", many.formatted(wallet, rest)).expect(200);
    client
        .call("POST", "/api/v1/expected-balances", many.formatted(UUID.randomUUID(), rest))
        .expect(422);
    var page = client.get("/api/v1/reconciliations?limit=1").expect(200);
    client.get("/api/v1/reconciliations?cursor=" + page.text("next_cursor")).expect(200);
    client
        .get(
            "/api/v1/reconciliations?state=accepted&min_drift=0.5&from=2026-01-01T00:00:00Z"
                + "&to=2100-01-01T00:00:00Z&wallet_id="
                + wallet
                + "&connection_id="
                + connection)
        .expect(200);
    var closed =
        client.call(
            "POST",
            "/api/v1/wallets",
            "{\"connection_id\":\"" + connection + "\",\"currency\":\"USD\"}");
    client.call("DELETE", closed.header("Location"), null).expect(200);
    client
        .call(
            "PUT",
            closed.header("Location") + "/expected-balance",
            body.formatted("1", asOf, "USD"))
        .expect(409);
  }

  private static void payouts(DescribedClient client, String connection, String wallet) {
    var path = "/api/v1/wallets/" + wallet;
    var plan =
        "{\"minimum\":\"1\",\"outflows\":[{\"at\":\"2100-01-01T00:00:00Z\",\"amount\":\"1\",\"reference\":\"x\"}]}";
    client.get(path + "/planned-outflows").expect(200);
    client.call("PUT", path + "/planned-outflows", plan).expect(200);
    client.get(path + "/planned-outflows").expect(200);
    paystack.has(SECRET, "NGN", 10_000);
    client.call("POST", path + "/sync-balance", null).expect(200);
    client.get(path + "/runway").expect(409);
    client.get(path + "/runway/health").expect(503);
    longKnown(wallet);
    client.get(path + "/runway?minimum=1&tz=Africa/Lagos&inflows=counted&horizon=P60D").expect(200);
    client.get(path + "/runway/health?at_least=PT1H&by=expected&max_age=PT5M").expect(200);
    client.get(path + "/runway/health?minimum=1000000").expect(503);
    client.get(path + "/runway/health?max_age=PT0S").expect(503);
    var pay = path + "/can-pay";
    var ask =
        "{\"amount\":\"%s\",\"reference\":\"%s\",\"reserve\":true,\"max_age\":\"PT5M\",\"expected_within\":\"PT5M\"}";
    var one = client.call("POST", pay, ask.formatted("1", "one")).expect(200);
    var two = client.call("POST", pay, ask.formatted("1", "two")).expect(200);
    client.call("POST", pay, ask.formatted("1000000", "three")).expect(200);
    client.call("POST", pay, ask.formatted("2", "one")).expect(422);
    paystack.replies(SECRET, _ -> new StubPaystack.Reply(500, "{}"));
    client
        .call("POST", pay, ask.formatted("1", "four").replace("\"PT5M\",\"e", "\"PT0S\",\"e"))
        .expect(200);
    var reservations = path + "/reservations/";
    var first = reservations + one.json().at("/reservation/reservation_id").asString();
    var second = reservations + two.json().at("/reservation/reservation_id").asString();
    client.call("POST", first + "/confirm", "{\"movement_reference\":\"TRF\"}").expect(200);
    client.call("POST", first + "/confirm", "{}").expect(409);
    client.call("POST", second + "/confirm", "{}").expect(200);
    paystack.has(SECRET, "NGN", 9_900);
    client.call("POST", path + "/sync-balance", null).expect(200);
    client.call("POST", second + "/release", "{\"note\":\"late\"}").expect(409);
    client.call("POST", first + "/release", "{\"note\":\"failed\"}").expect(409);
    client
        .call("POST", first + "/release", "{\"note\":\"failed\",\"never_left\":true}")
        .expect(200);
    var page = client.get(path + "/reservations?limit=1").expect(200);
    client.get(path + "/reservations?cursor=" + page.text("next_cursor")).expect(200);
    client.get(path + "/reservations?state=covered").expect(200);
    var closed =
        client
            .call(
                "POST",
                "/api/v1/wallets",
                "{\"connection_id\":\"" + connection + "\",\"currency\":\"ZAR\"}")
            .header("Location");
    client.get(closed + "/runway").expect(404);
    client.call("DELETE", closed, null).expect(200);
    client.call("PUT", closed + "/planned-outflows", plan).expect(409);
    client.get(closed + "/runway").expect(409);
    client.get(closed + "/runway/health").expect(409);
    client.call("POST", closed + "/can-pay", ask.formatted("1", "one")).expect(409);
  }

  /** As if it had been read three weeks ago too. */
  private static void longKnown(String wallet) {
    database
        .look()
        .sql(
            """
            insert into wallet_balance_snapshot
            values (:wallet, 1000000, gen_random_uuid(), 'paystack', 'NGN', 100, null, null, null,
                    now() - interval '22 days', null, now(), now(), 'API', null, null, '{}', now())
            """)
        .param("wallet", UUID.fromString(wallet))
        .update();
  }

  private static void syncsThatFail(DescribedClient client, String connection, String wallet) {
    var sync = "/api/v1/wallets/" + wallet + "/sync-balance";
    paystack.has(SECRET, "GHS", 1);
    assertThat(client.call("POST", sync, null).expect(422).problem())
        .isEqualTo("currency-not-offered");
    for (var status : new int[] {400, 401, 500}) {
      paystack.replies(SECRET, _ -> new StubPaystack.Reply(status, "{\"status\":false}"));
      assertThat(client.call("POST", sync, null).expect(502).problem())
          .isEqualTo("provider-failed");
    }
    paystack.replies(SECRET, _ -> new StubPaystack.Reply(200, "<html>"));
    client.call("POST", sync, null).expect(502);
    paystack.replies(SECRET, _ -> new StubPaystack.Reply(429, "{\"status\":false}"));
    assertThat(client.call("POST", sync, null).expect(503).header("Retry-After")).isNotEmpty();
    var body = "{\"connection_id\":\"" + connection + "\",\"currency\":\"KES\"}";
    var closed =
        "/api/v1/wallets/" + client.call("POST", "/api/v1/wallets", body).text("wallet_id");
    client.call("DELETE", closed, null).expect(200);
    client.call("POST", closed + "/sync-balance", null).expect(409);
    client.call("DELETE", "/api/v1/wallets/" + ghanaOf(client, connection), null).expect(200);
  }

  private static String ghanaOf(DescribedClient client, String connection) {
    return client
        .get("/api/v1/wallets?currency=GHS&connection_id=" + connection)
        .json()
        .at("/data/0/wallet_id")
        .asString();
  }

  private static void inFlight(DescribedClient client, String wallet) throws Exception {
    var asked = new CountDownLatch(1);
    var answer = new CountDownLatch(1);
    paystack.replies(
        SECRET,
        _ -> {
          asked.countDown();
          await(answer);
          return StubPaystack.balance("NGN", 5);
        });
    var sync = "/api/v1/wallets/" + wallet + "/sync-balance";
    var key = ApiClient.randomKey();
    var first = Concurrently.supply(() -> client.call("POST", sync, key, Map.of(), null));
    await(asked);
    var second = client.call("POST", sync, key, Map.of(), null);
    answer.countDown();
    assertThat(second.expect(409).problem()).isEqualTo("request-in-flight");
    assertThat(second.header("Retry-After")).isNotEmpty();
    first.get(20, TimeUnit.SECONDS).expect(200);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void apiKeys(DescribedClient client) {
    var created =
        client
            .call("POST", "/api/v1/api-keys", "{\"name\":\"Shop\",\"scopes\":[\"wallets:read\"]}")
            .expect(201);
    var path = created.header("Location");
    client.get(path).expect(200);
    client.call("POST", path + "/rotate", null).expect(200);
    client.call("POST", path + "/rotate", "{\"overlap_seconds\":0}").expect(200);
    var page = client.get("/api/v1/api-keys?limit=1").expect(200);
    client.get("/api/v1/api-keys?cursor=" + page.text("next_cursor")).expect(200);
    client.call("POST", path + "/revoke", null).expect(200);
    client.call("POST", path + "/revoke", "{}").expect(200);
    client.call("DELETE", path, null).expect(200);
    client.call("POST", path + "/rotate", null).expect(409);
  }

  private static void auditEntries(DescribedClient client) {
    var page = client.get("/api/v1/audit-entries?limit=2&action=sync_balance").expect(200);
    client
        .get("/api/v1/audit-entries?action=sync_balance&cursor=" + page.text("next_cursor"))
        .expect(200);
    unsigned("/api/v1/wallets").expect(401);
    assertThat(client.get("/api/v1/audit-entries?limit=100").expect(200).json().get("data"))
        .hasSizeGreaterThan(20);
  }

  private static void providerEvents(DescribedClient client, String connection) {
    var webhooks = new PaystackWebhooks(server.address());
    var target = "/webhooks/paystack/" + connection;
    for (var id = 1; id <= 2; id++) {
      var body = PaystackWebhooks.charge(id, 5);
      client.saw("POST", target, body, webhooks.send(connection, SECRET, body).expect(200));
      client.saw("POST", target, body, webhooks.send(connection, SECRET, body).expect(200));
    }
    var nothing = new byte[0];
    client.saw("POST", target, null, send(webhooks, connection, nothing).expect(401));
    client.saw("POST", target, null, send(webhooks, connection, new byte[1_048_577]).expect(413));
    var answers =
        IntStream.range(0, 130).mapToObj(_ -> send(webhooks, connection, nothing)).toList();
    var limited = answers.stream().filter(answer -> answer.status() == 429).findFirst();
    client.saw("POST", target, null, limited.orElseThrow());

    var path = "/api/v1/provider-events";
    var page = client.get(path + "?limit=1&connection_id=" + connection).expect(200);
    client.get(path + "?cursor=" + page.text("next_cursor")).expect(200);
    client.get(path + "?status=waiting").expect(200);
    var event = path + "/" + page.json().at("/data/0/event_id").asString();
    client.get(event).expect(200);
    client.call("POST", event + "/replay", "{}").expect(200);
    var all = "{\"connection_id\":\"%s\",\"status\":\"failed\"}";
    client.call("POST", path + "/replay", all.formatted(connection)).expect(200);
    client.call("POST", path + "/replay", all.formatted(UUID.randomUUID())).expect(404);
    removedConnection(client, webhooks);
  }

  private static void removedConnection(DescribedClient client, PaystackWebhooks webhooks) {
    var secret = SECRET + "_removed";
    var connection = server.client().connect(secret);
    var noise = "{\"event\":\"customeridentification.success\",\"data\":{\"id\":1}}";
    webhooks.send(connection, secret, noise).expect(200);
    var page = client.get("/api/v1/provider-events?connection_id=" + connection).expect(200);
    client.call("DELETE", "/api/v1/connections/" + connection, null).expect(204);
    var event = "/api/v1/provider-events/" + page.json().at("/data/0/event_id").asString();
    client.call("POST", event + "/replay", null).expect(409);
  }

  private static void syncRuns(DescribedClient client, String connection) {
    var path = "/api/v1/sync-runs";
    var key = ApiClient.randomKey();
    var one = "{\"filter\":{\"connection_id\":\"%s\"}}".formatted(connection);
    paystack.replies(SECRET, _ -> new StubPaystack.Reply(401, "{\"status\":false}"));
    var run = client.call("POST", path, key, Map.of(), one).expect(202).header("Location");
    client.call("POST", path, key, Map.of(), one).expect(202);
    client.call("POST", path, key, Map.of(), "{\"filter\":{\"all\":true}}").expect(422);
    database
        .look()
        .sql("update idempotency_record set answer = null where idempotency_key = ?")
        .param(key)
        .update();
    client.call("POST", path, key, Map.of(), one).expect(409);
    Eventually.within(
        Duration.ofSeconds(20),
        "the end of the run",
        () -> client.get(run).expect(200).text("state").equals("completed"));
    var failures = client.get(run + "/failures?limit=1").expect(200).json();
    assertThat(failures.at("/data/0/reason").asString()).isEqualTo("unauthorized");
    client.call("POST", path, "{\"filter\":{\"provider\":\"paystack\"}}").expect(202);
    client.call("POST", path, "{\"filter\":{\"owner_id\":\"ada\"}}").expect(202);
    client.call("POST", run + "/cancel", null).expect(200);
    var page = client.get(path + "?limit=1").expect(200);
    client.get(path + "?cursor=" + page.text("next_cursor")).expect(200);
    client.get(path + "?state=completed").expect(200);
  }

  private static void movements(DescribedClient client, String wallet) {
    var path = "/api/v1/wallets/" + wallet;
    var fetch = path + "/import-movements";
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    for (var id = 1; id <= 2; id++) {
      paystack.has(SECRET, "NGN", 100L * id);
      paystack.ledger(SECRET, "NGN", 150L * id, id, now.plusSeconds(id).toString());
      client.call("POST", path + "/sync-balance", null).expect(200);
      client.call("POST", fetch, "{}").expect(200);
    }
    client.get(path + "/movement-coverage").expect(200);
    for (var listing : List.of("/movements", "/explained-changes")) {
      var page = client.get(path + listing + "?limit=1&from=2020-01-01T00:00:00Z").expect(200);
      var next = "&from=2020-01-01T00:00:00Z&cursor=" + page.text("next_cursor");
      client.get(path + listing + "?limit=1" + next).expect(200);
      client.get(path + listing + "?order=asc" + next).expect(400);
    }
    var all = client.get(path + "/movement-coverage").json();
    assertThat(all.at("/holes/0/amount").asString()).isEqualTo("0.50");
    paystack.ledger(SECRET, "NGN", 1, 9, "yesterday");
    client.call("POST", fetch, "{}").expect(502);
    paystack.noLedger(SECRET);
    database
        .look()
        .sql(
            """
            update movement_import
               set lease_token = gen_random_uuid(), leased_until = clock_timestamp() + interval '9 s'
            """)
        .update();
    assertThat(client.call("POST", fetch, null).expect(409).header("Retry-After")).isNotEmpty();
    client.call("POST", importOfTwoWallets(client), "{}").expect(422);
  }

  private static String importOfTwoWallets(DescribedClient client) {
    var wallet = "{\"id\":%d,\"currency\":\"NGN\",\"availableBalance\":1}";
    var both = wallet.formatted(7) + "," + wallet.formatted(8);
    paystack.replies(
        "", _ -> new StubPaystack.Reply(200, "{\"success\":true,\"data\":[" + both + "]}"));
    var connection =
        client
            .call(
                "POST",
                "/api/v1/connections",
                "{\"provider\":\"fincra\",\"environment\":\"sandbox\",\"name\":\"Two\","
                    + "\"credentials\":{\"api_key\":\"k-1\",\"webhook_secret\":\"w-1\","
                    + "\"business_id\":\"67d8360649685a0012574974\"}}")
            .expect(201)
            .text("connection_id");
    var registered =
        client
            .call(
                "POST",
                "/api/v1/wallets",
                "{\"connection_id\":\"%s\",\"currency\":\"NGN\",\"provider_account_id\":\"7\"}"
                    .formatted(connection))
            .expect(201);
    return registered.header("Location") + "/import-movements";
  }

  private static Answer send(PaystackWebhooks webhooks, String connection, byte[] body) {
    return webhooks.send("paystack/" + connection, "forged", body);
  }

  /** What only a key that is not allowed everything is told. */
  private static void limited(DescribedClient client, String connection) {
    var limited =
        client.as(
            key(
                client.call(
                    "POST",
                    "/api/v1/api-keys",
                    "{\"name\":\"x\",\"scopes\":[\"connections:write\",\"keys:write\"],"
                        + "\"connection_ids\":[\"%s\"]}".formatted(connection))));
    assertThat(limited.call("POST", "/api/v1/connections", "{}").expect(403).problem())
        .isEqualTo("beyond-own-rights");
    assertThat(
            limited
                .call("POST", "/api/v1/api-keys", "{\"name\":\"x\",\"scopes\":[\"audit:read\"]}")
                .expect(403)
                .problem())
        .isEqualTo("beyond-own-rights");
  }

  private static void subscriptions(DescribedClient client, String wallet) {
    var path = "/api/v1/webhook-subscriptions";
    var body =
        """
        {"name": "Ledger", "channel": {"type": "webhook", "url": "%s"},
         "filter": {"events": ["balance.changed"], "wallet_ids": ["%s"], "metadata": {}}}
        """
            .formatted(receiver.url(), wallet);
    var made = client.call("POST", path, body).expect(201);
    var one = made.header("Location");
    var email = "{\"name\":\"x\",\"channel\":{\"type\":\"email\",\"to\":[\"ops@example.com\"]}}";
    client.call("POST", path, email).expect(422);
    client.get(one).expect(200);
    client.call("PATCH", one, "{\"name\":\"Books\",\"status\":\"active\"}").expect(200);
    var slack = "{\"type\":\"slack\",\"url\":\"https://hooks.example.com/x\"}";
    client.call("PATCH", one, "{\"channel\":" + slack + "}").expect(422);
    client.call("POST", one + "/rotate-secret", "{\"overlap_seconds\":60}").expect(200);
    client.call("POST", one + "/ping", "{}").expect(200);
    paystack.has(SECRET, "NGN", 77);
    client.call("POST", "/api/v1/wallets/" + wallet + "/sync-balance", null).expect(200);
    Eventually.within(Duration.ofSeconds(20), "a message", () -> receiver.received().size() == 2);
    checkMessage(receiver.received().getLast().body());
    var deliveries = client.get(one + "/deliveries?limit=1").expect(200);
    var delivery = one + "/deliveries/" + deliveries.json().at("/data/0/delivery_id").asString();
    client.get(delivery).expect(200);
    client.call("POST", delivery + "/replay", "{}").expect(202);
    client
        .call(
            "POST",
            one + "/replay",
            "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"}")
        .expect(202);
    database
        .look()
        .sql("update subscription set state = 'DISABLED', disabled_reason = 'GONE'")
        .update();
    client.call("PATCH", one, "{\"status\":\"active\"}").expect(409);
    client.call("POST", one + "/enable", "{}").expect(200);
    var room =
        client
            .call("POST", path, "{\"name\":\"Room\",\"channel\":" + slack + "}")
            .expect(201)
            .header("Location");
    client.call("POST", room + "/rotate-secret", "{}").expect(409);
    client.get(path + "?limit=1&status=active").expect(200);
    database.look().sql(MANY_SUBSCRIPTIONS).update();
    client.call("POST", path, body).expect(409);
    database.look().sql("delete from subscription where name = 'one of many'").update();
    client.call("DELETE", room, null).expect(204);
    client.call("DELETE", one, null).expect(204);
  }

  private static void checkMessage(String body) {
    var schema = description.document().at("/components/schemas/WebhookMessage");
    assertThat(description.errors(schema, JsonMapper.shared().readTree(body))).isEmpty();
  }

  /** What every route refuses in the same way. */
  private static void refusals(DescribedClient client, ApiRoute route) {
    var method = route.method();
    var target = route.target(UUID.randomUUID());
    var body = route.emptyBody();
    client.call(method, target + "?colour=blue", body).expect(400);
    var request =
        HttpRequest.newBuilder(URI.create(server.address() + target))
            .method(method, HttpRequest.BodyPublishers.noBody());
    client.saw(method, target, null, ApiClient.send(request.build()).expect(401));
    var scope = route.scope() == Scope.AUDIT_READ ? Scope.KEYS_READ : Scope.AUDIT_READ;
    var weak =
        client.call(
            "POST", "/api/v1/api-keys", "{\"name\":\"x\",\"scopes\":[\"" + scope.code() + "\"]}");
    client.as(key(weak)).call(method, target, body).expect(403);
    if (route.path().contains("{")) {
      client.call(method, target, body).expect(404);
    }
    if (body != null) {
      client.call(method, target, "x".repeat(route.mostBytes() + 1)).expect(413);
      client.call(method, target, null, Map.of("Content-Type", "text/plain"), body).expect(415);
    }
  }

  private static ApiClient key(Answer created) {
    return new ApiClient(
        server.address(),
        created.expect(201).text("key_id"),
        Base64.getDecoder().decode(created.text("secret")));
  }

  private static Answer unsigned(String path) {
    return ApiClient.send(HttpRequest.newBuilder(URI.create(server.address() + path)).build());
  }
}
