package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.PaystackWebhooks;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import io.walletsync.server.support.ToldEvents;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An API key that is limited to one of two connections walks every route: for it nothing else
 * exists, and what exists elsewhere looks like what exists nowhere.
 */
class LimitedKeyTest {
  private static final String OWN_SECRET = "sk_test_inside_the_limit";
  private static final String OTHER_SECRET = "sk_test_outside_the_limit";

  private static final Duration SOON = Duration.ofSeconds(20);

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static String own;
  private static String other;
  private static String ownWallet;
  private static String otherWallet;
  private static String ownKey;
  private static String otherKey;
  private static String ownEvent;
  private static String otherEvent;
  private static String otherReading;
  private static String otherRun;
  private static String otherReconciliation;
  private static String otherRule;
  private static String ownRule;
  private static String everybodysRule;
  private static String otherAlert;
  private static String otherReservation;
  private static String otherSubscription;
  private static ApiClient limited;

  private final Map<String, Runnable> walks = new LinkedHashMap<>();

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server = TestServer.start(database, paystack.url());
    var admin = server.client();
    paystack.has(OWN_SECRET, "NGN", 100);
    paystack.has(OTHER_SECRET, "NGN", 200);
    own = admin.connect(OWN_SECRET);
    other = admin.connect(OTHER_SECRET);
    ownWallet = admin.register(own, "NGN");
    otherWallet = admin.register(other, "NGN");
    admin.sync(ownWallet).expect(200);
    admin.sync(otherWallet).expect(200);
    otherReservation = reservation(admin);
    doubt(admin, OWN_SECRET, ownWallet, 100);
    otherReading = doubt(admin, OTHER_SECRET, otherWallet, 200);
    var created = createKey(admin, own).expect(201);
    ownKey = created.text("api_key_id");
    limited = clientOf(created);
    var webhooks = new PaystackWebhooks(server.address());
    // ignored, so that no sync changes them while they are looked at
    var noise = "{\"event\":\"customeridentification.success\",\"data\":{\"id\":1}}";
    webhooks.send(own, OWN_SECRET, noise).expect(200);
    webhooks.send(other, OTHER_SECRET, noise).expect(200);
    ownEvent = eventOf(admin, own);
    otherEvent = eventOf(admin, other);
    var createdElsewhere = createKey(admin, other).expect(201);
    otherKey = createdElsewhere.text("api_key_id");
    otherSubscription = subscribe(clientOf(createdElsewhere)).expect(201).text("subscription_id");
    subscribe(admin).expect(201);
    otherReconciliation = reconciliation(admin, otherWallet);
    reconciliation(admin, ownWallet);
    otherRule = rule(admin, otherWallet);
    ownRule = rule(admin, ownWallet);
    everybodysRule = everybodysRule(admin);
    otherAlert =
        admin
            .get("/api/v1/alerts?rule_id=" + otherRule)
            .expect(200)
            .json()
            .at("/data/0/alert_id")
            .asString();
    otherRun = run(admin, "{\"connection_id\":\"" + other + "\"}");
  }

  /** The provider slips once, and then there is no second answer. */
  private static String doubt(ApiClient admin, String secret, String wallet, long subunits) {
    paystack.replies(
        secret,
        call ->
            call == 2
                ? StubPaystack.balance("NGN", subunits * 100)
                : new StubPaystack.Reply(200, "Back soon"));
    assertThat(admin.sync(wallet).expect(200).text("outcome")).isEqualTo("quarantined");
    paystack.has(secret, "NGN", subunits);
    return admin
        .get("/api/v1/quarantined-readings?wallet_id=" + wallet)
        .expect(200)
        .json()
        .at("/data/0/reading_id")
        .asString();
  }

  /** A rule about one wallet, whose alert is open. */
  private static String rule(ApiClient admin, String wallet) {
    return admin
        .post(
            "/api/v1/alert-rules",
            """
            {"name": "High", "scope": {"wallet_id": "%s"},
             "condition": {"kind": "balance_above", "currency": "NGN", "threshold": "0"}}
            """
                .formatted(wallet))
        .expect(201)
        .text("rule_id");
  }

  private static String everybodysRule(ApiClient admin) {
    return admin
        .post(
            "/api/v1/alert-rules",
            """
            {"name": "Low", "condition": {"kind": "sync_failing"}}
            """)
        .expect(201)
        .text("rule_id");
  }

  /** A run that is over, so that nothing outside changes by itself while the key walks. */
  private static String run(ApiClient caller, String filter) {
    var path =
        caller
            .post("/api/v1/sync-runs", "{\"filter\":" + filter + "}")
            .expect(202)
            .header("Location");
    Eventually.within(
        SOON,
        "the end of a run",
        () -> caller.get(path).expect(200).text("state").equals("completed"));
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** An open difference of a moment at which the balance is known. */
  private static String reconciliation(ApiClient admin, String wallet) {
    var asOf = admin.balance(wallet).expect(200).text("as_of");
    var open =
        admin.send(
            "PUT",
            "/api/v1/wallets/" + wallet + "/expected-balance",
            null,
            Map.of(),
            "{\"amount\":\"7\",\"as_of\":\"%s\",\"reference\":\"x\",\"settlement_lag\":\"PT0S\"}"
                .formatted(asOf));
    assertThat(open.expect(200).text("state")).isEqualTo("open");
    return open.text("reconciliation_id");
  }

  private static String reservation(ApiClient admin) {
    return admin
        .post(
            "/api/v1/wallets/" + otherWallet + "/can-pay",
            "{\"amount\":\"1\",\"reference\":\"x\",\"reserve\":true}")
        .expect(200)
        .json()
        .at("/reservation/reservation_id")
        .asString();
  }

  private static Answer createKey(ApiClient creator, String connection) {
    return creator.post(
        "/api/v1/api-keys",
        """
        {"name": "limited", "connection_ids": ["%s"],
         "scopes": ["wallets:write", "balances:sync", "connections:write", "audit:read", "keys:write",
                    "events:write", "alerts:write", "payouts:write", "webhooks:write"]}
        """
            .formatted(connection));
  }

  private static ApiClient clientOf(Answer created) {
    return new ApiClient(
        server.address(),
        created.text("key_id"),
        Base64.getDecoder().decode(created.text("secret")));
  }

  /** To something that does not happen here, so that nothing changes by itself. */
  private static Answer subscribe(ApiClient by) {
    return SubscriptionsOverHttpTest.subscribe(
        by, "https://receiver.invalid/", "{\"events\":[\"sync.recovered\"]}");
  }

  private static String eventOf(ApiClient admin, String connection) {
    return admin
        .get("/api/v1/provider-events?connection_id=" + connection)
        .expect(200)
        .json()
        .at("/data/0/event_id")
        .asString();
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @Test
  void seesAndChangesNothingOutsideItsLimitOnAnyRoute() {
    connections();
    wallets();
    balances();
    keys();
    quarantine();
    walks.put("GET /api/v1/audit-entries", LimitedKeyTest::auditEntries);
    providerEvents();
    syncRuns();
    reconciliations();
    alertRules();
    alerts();
    payouts();
    walks.put("GET /api/v1/events", LimitedKeyTest::events);
    walks.put("GET /api/v1/events/stream", LimitedKeyTest::eventStream);
    subscriptions();
    history();
    assertThat(walks.keySet())
        .as("a new route needs a walk here")
        .containsExactlyInAnyOrderElementsOf(
            ApiRoute.all(server).stream().map(ApiRoute::name).toList());
    var outside = outside();
    var calls = paystack.calls(OTHER_SECRET);

    walks.values().forEach(Runnable::run);

    assertThat(outside()).isEqualTo(outside);
    assertThat(paystack.calls(OTHER_SECRET)).isEqualTo(calls);
  }

  /** All that is stored outside the limit, as the key with all rights sees it. */
  private static String outside() {
    var admin = server.client();
    return admin.get("/api/v1/connections/" + other).expect(200).body()
        + admin.get("/api/v1/wallets?connection_id=" + other).expect(200).body()
        + admin.balance(otherWallet).expect(200).body().replaceAll("\"age_seconds\":\\d+", "")
        + admin.get("/api/v1/audit-entries?subject_id=" + otherWallet).expect(200).body()
        + admin.get("/api/v1/provider-events/" + otherEvent).expect(200).body()
        + admin.get("/api/v1/quarantined-readings/" + otherReading).expect(200).body()
        + admin.get("/api/v1/sync-runs/" + otherRun).expect(200).body()
        + admin.get("/api/v1/reconciliations?wallet_id=" + otherWallet).expect(200).body()
        + admin.get("/api/v1/alert-rules/" + otherRule).expect(200).body()
        + admin.get("/api/v1/alert-rules/" + everybodysRule).expect(200).body()
        + admin.get("/api/v1/alerts?wallet_id=" + otherWallet).expect(200).body()
        + admin.get("/api/v1/wallets/" + otherWallet + "/reservations").expect(200).body()
        + admin.get("/api/v1/wallets/" + otherWallet + "/planned-outflows").expect(200).body()
        + admin.get("/api/v1/webhook-subscriptions/" + otherSubscription).expect(200).body()
        + admin.get("/api/v1/api-keys/" + otherKey).expect(200).body();
  }

  private void connections() {
    var path = "/api/v1/connections";
    walks.put(
        "GET " + path,
        () -> assertThat(ids(limited.get(path), "connection_id")).containsExactly(own));
    walks.put(
        "POST " + path,
        () -> {
          var answer =
              limited.post(
                  path,
                  "{\"provider\":\"paystack\",\"name\":\"x\",\"credentials\":{\"secret_key\":\"sk_new\"}}");
          assertThat(answer.expect(403).problem()).isEqualTo("beyond-own-rights");
        });
    walks.put(
        "GET " + path + "/{connection_id}",
        () -> {
          limited.get(path + "/" + own).expect(200);
          looksLikeNowhere("GET", path + "/%s", other, null);
        });
    walks.put(
        "PATCH " + path + "/{connection_id}",
        () -> {
          var budget = "{\"call_budget\":{\"per_day\":1000}}";
          limited.patch(path + "/" + own, budget).expect(200);
          looksLikeNowhere("PATCH", path + "/%s", other, budget);
        });
    walks.put(
        "DELETE " + path + "/{connection_id}",
        () -> {
          looksLikeNowhere("DELETE", path + "/%s", other, null);
          looksLikeNowhere("DELETE", path + "/%s?close_wallets=true", other, null);
          limited.delete(path + "/" + own).expect(409);
        });
    for (var verb : new String[] {"check", "discover"}) {
      walks.put(
          "POST " + path + "/{connection_id}/" + verb,
          () -> {
            limited.post(path + "/" + own + "/" + verb, "{}").expect(200);
            looksLikeNowhere("POST", path + "/%s/" + verb, other, "{}");
          });
    }
    walks.put(
        "PUT " + path + "/{connection_id}/credentials",
        () ->
            looksLikeNowhere(
                "PUT",
                path + "/%s/credentials",
                other,
                "{\"credentials\":{\"secret_key\":\"" + OTHER_SECRET + "\"}}"));
  }

  private void wallets() {
    var path = "/api/v1/wallets";
    walks.put(
        "GET " + path,
        () -> {
          assertThat(ids(limited.get(path), "wallet_id")).containsExactly(ownWallet);
          assertThat(ids(limited.get(path + "?currency=NGN"), "wallet_id"))
              .containsExactly(ownWallet);
          assertThat(ids(limited.get(path + "?connection_id=" + other), "wallet_id")).isEmpty();
        });
    walks.put(
        "POST " + path,
        () -> {
          var body = "{\"connection_id\":\"%s\",\"currency\":\"NGN\"}";
          limited.post(path, body.formatted(own)).expect(200);
          var refused = limited.post(path, body.formatted(other)).expect(400);
          assertThat(refused.body())
              .isEqualTo(limited.post(path, body.formatted(UUID.randomUUID())).body());
        });
    walks.put(
        "GET " + path + "/{wallet_id}",
        () -> {
          limited.get(path + "/" + ownWallet).expect(200);
          looksLikeNowhere("GET", path + "/%s", otherWallet, null);
        });
    walks.put(
        "PATCH " + path + "/{wallet_id}",
        () -> {
          limited.patch(path + "/" + ownWallet, "{\"status\":\"paused\"}").expect(200);
          looksLikeNowhere("PATCH", path + "/%s", otherWallet, "{\"status\":\"paused\"}");
        });
    walks.put(
        "DELETE " + path + "/{wallet_id}",
        () -> looksLikeNowhere("DELETE", path + "/%s", otherWallet, null));
  }

  private void balances() {
    var path = "/api/v1/wallets/%s";
    walks.put(
        "POST /api/v1/wallets/{wallet_id}/sync-balance",
        () -> {
          limited.sync(ownWallet).expect(200);
          looksLikeNowhere("POST", path + "/sync-balance", otherWallet, "{}");
          var keyed = ApiClient.randomKey();
          limited.sync(otherWallet, keyed).expect(404);
          // and the key it came with was not spent on it
          limited.sync(ownWallet, keyed).expect(200);
        });
    walks.put(
        "GET /api/v1/wallets/{wallet_id}/balance",
        () -> {
          limited.balance(ownWallet).expect(200);
          looksLikeNowhere("GET", path + "/balance", otherWallet, null);
        });
    for (var what : new String[] {"movements", "explained-changes", "movement-coverage"}) {
      walks.put(
          "GET /api/v1/wallets/{wallet_id}/" + what,
          () -> {
            limited.get(path.formatted(ownWallet) + "/" + what).expect(200);
            looksLikeNowhere("GET", path + "/" + what, otherWallet, null);
          });
    }
    walks.put(
        "POST /api/v1/wallets/{wallet_id}/import-movements",
        () -> {
          var requests = paystack.requests(OTHER_SECRET);
          looksLikeNowhere("POST", path + "/import-movements", otherWallet, "{}");
          assertThat(paystack.requests(OTHER_SECRET)).isEqualTo(requests);
        });
  }

  private void history() {
    var path = "/api/v1/wallets/%s";
    var synced = server.client().balance(otherWallet).expect(200).text("created_at");
    var routes = new String[] {"/balance/history", "/analytics", "/analytics/export", "/statement"};
    database
        .look()
        .sql(
            """
            insert into provider_movement (
                     wallet_id, movement_key, occurred_at, currency, difference, metadata,
                     imported_at)
            select wallet_id, 'export', now(), currency, 1, '{}', now() from wallet
            """)
        .update();
    walks.put(
        "GET /api/v1/exports/movements",
        () ->
            assertThat(limited.get("/api/v1/exports/movements").expect(200).body())
                .contains(ownWallet)
                .doesNotContain(otherWallet));
    walks.put(
        "GET /api/v1/exports/snapshots",
        () -> {
          var rows = limited.get("/api/v1/exports/snapshots").expect(200).body();
          assertThat(rows).contains(ownWallet).doesNotContain(otherWallet);
          for (var filter : new String[] {"wallet_id=" + otherWallet, "connection_id=" + other}) {
            assertThat(
                    limited.get("/api/v1/exports/snapshots?" + filter).expect(200).body().lines())
                .hasSize(1);
          }
          var after = "/api/v1/exports/snapshots?after=" + otherWallet + ",2026-01-01T00:00:00Z";
          assertThat(limited.get(after).expect(200).body()).doesNotContain(otherWallet);
        });
    for (var route : routes) {
      walks.put(
          "GET /api/v1/wallets/{wallet_id}" + route,
          () -> {
            limited.get(path.formatted(ownWallet) + route).expect(200);
            looksLikeNowhere("GET", path + route, otherWallet, null);
          });
    }
    walks.put(
        "GET /api/v1/wallets/{wallet_id}/snapshots/{snapshot_id}",
        () -> {
          var snapshot = server.client().balance(otherWallet).expect(200).text("snapshot_id");
          looksLikeNowhere("GET", path + "/snapshots/" + snapshot, otherWallet, null);
          looksLikeNowhere("GET", path.formatted(ownWallet) + "/snapshots/%s", snapshot, null);
        });
    walks.put(
        "GET /api/v1/positions",
        () -> {
          var positions = "/api/v1/positions?group_by=connection";
          assertThat(ids(limited.get(positions), "connection_id")).containsExactly(own);
          assertThat(limited.get(positions + "&connection_id=" + other).json().get("data"))
              .isEmpty();
          assertThat(ids(limited.get(positions + "&at=" + synced), "connection_id"))
              .containsExactly(own);
        });
    walks.put(
        "GET /api/v1/analytics/changes",
        () -> {
          var changes =
              "/api/v1/analytics/changes?from=2026-01-01T00:00:00Z&to=9999-01-01T00:00:00Z&group_by=";
          assertThat(ids(limited.get(changes + "wallet"), "wallet_id")).containsExactly(ownWallet);
          assertThat(ids(limited.get(changes + "connection"), "connection_id"))
              .containsExactly(own);
          assertThat(ids(limited.get(changes + "provider"), "wallets")).containsExactly("1");
          assertThat(limited.get(changes + "wallet&connection_id=" + other).json().get("data"))
              .isEmpty();
        });
  }

  private void quarantine() {
    var path = "/api/v1/quarantined-readings";
    walks.put(
        "GET " + path,
        () -> {
          assertThat(ids(limited.get(path), "connection_id")).containsExactly(own);
          assertThat(ids(limited.get(path + "?wallet_id=" + otherWallet), "wallet_id")).isEmpty();
        });
    walks.put(
        "GET " + path + "/{reading_id}",
        () -> looksLikeNowhere("GET", path + "/%s", otherReading, null));
    for (var verb : new String[] {"release", "reject"}) {
      walks.put(
          "POST " + path + "/{reading_id}/" + verb,
          () -> looksLikeNowhere("POST", path + "/%s/" + verb, otherReading, "{}"));
    }
  }

  private void alertRules() {
    var path = "/api/v1/alert-rules";
    walks.put(
        "GET " + path,
        () ->
            assertThat(ids(limited.get(path + "?limit=100"), "rule_id"))
                .contains(ownRule)
                .doesNotContain(otherRule, everybodysRule));
    walks.put(
        "POST " + path,
        () -> {
          var about = "{\"name\":\"x\",\"scope\":{%s},\"condition\":{\"kind\":\"sync_failing\"}}";
          for (var foreign : Map.of("wallet_id", otherWallet, "connection_id", other).entrySet()) {
            var scope = "\"" + foreign.getKey() + "\":\"%s\"";
            assertThat(
                    limited.post(path, about.formatted(scope.formatted(foreign.getValue()))).body())
                .isEqualTo(
                    limited.post(path, about.formatted(scope.formatted(UUID.randomUUID()))).body());
          }
          var made = limited.post(path, about.formatted("")).expect(201);
          assertThat(made.json().at("/connection_ids/0").asString()).isEqualTo(own);
          assertThat(made.json().get("connection_ids")).hasSize(1);
        });
    walks.put(
        "PATCH " + path + "/{rule_id}", () -> isNotItsToChange("PATCH", path + "/" + ownRule));
    walks.put(
        "DELETE " + path + "/{rule_id}", () -> isNotItsToChange("DELETE", path + "/" + ownRule));
    for (var rule : List.of(otherRule, everybodysRule)) {
      walks.merge(
          "GET " + path + "/{rule_id}",
          () -> looksLikeNowhere("GET", path + "/%s", rule, null),
          LimitedKeyTest::both);
      walks.merge(
          "PATCH " + path + "/{rule_id}",
          () -> looksLikeNowhere("PATCH", path + "/%s", rule, "{\"enabled\":false}"),
          LimitedKeyTest::both);
      walks.merge(
          "DELETE " + path + "/{rule_id}",
          () -> looksLikeNowhere("DELETE", path + "/%s", rule, null),
          LimitedKeyTest::both);
    }
  }

  /** Who sees everything made it, about what the key sees. */
  private static void isNotItsToChange(String method, String rule) {
    limited.get(rule).expect(200);
    var change = method.equals("PATCH") ? "{\"enabled\":false}" : null;
    assertThat(limited.send(method, rule, null, Map.of(), change).expect(403).text("type"))
        .endsWith(":beyond-own-rights");
    assertThat(limited.get(rule).expect(200).json().at("/enabled").asBoolean()).isTrue();
  }

  private void alerts() {
    var path = "/api/v1/alerts";
    walks.put(
        "GET " + path,
        () -> {
          assertThat(ids(limited.get(path), "wallet_id")).isNotEmpty().containsOnly(ownWallet);
          assertThat(ids(limited.get(path + "?wallet_id=" + otherWallet), "wallet_id")).isEmpty();
          assertThat(ids(limited.get(path + "?rule_id=" + otherRule), "wallet_id")).isEmpty();
        });
    for (var part : new String[] {"", "/history"}) {
      walks.put(
          "GET " + path + "/{alert_id}" + part,
          () -> looksLikeNowhere("GET", path + "/%s" + part, otherAlert, null));
    }
    for (var verb :
        Map.of(
                "acknowledge", "{}",
                "snooze", "{\"until\":\"2027-03-01T00:00:00Z\"}",
                "resolve", "{\"note\":\"x\"}")
            .entrySet()) {
      walks.put(
          "POST " + path + "/{alert_id}/" + verb.getKey(),
          () ->
              looksLikeNowhere("POST", path + "/%s/" + verb.getKey(), otherAlert, verb.getValue()));
    }
  }

  private void subscriptions() {
    var path = "/api/v1/webhook-subscriptions";
    walks.put(
        "POST " + path,
        () ->
            assertThat(subscribe(limited).expect(201).json().get("connection_ids").toString())
                .isEqualTo("[\"" + own + "\"]"));
    walks.put(
        "GET " + path,
        () -> {
          var made = subscribe(limited).expect(201).text("subscription_id");
          assertThat(ids(limited.get(path), "subscription_id"))
              .contains(made)
              .doesNotContain(otherSubscription);
          assertThat(limited.get(path).json().get("data").valueStream())
              .allSatisfy(it -> assertThat(it.get("connection_ids").isNull()).isFalse());
        });
    var one = path + "/%s";
    walks.put(
        "GET " + path + "/{subscription_id}",
        () -> looksLikeNowhere("GET", one, otherSubscription, null));
    walks.put(
        "PATCH " + path + "/{subscription_id}",
        () -> looksLikeNowhere("PATCH", one, otherSubscription, "{\"status\":\"paused\"}"));
    walks.put(
        "DELETE " + path + "/{subscription_id}",
        () -> looksLikeNowhere("DELETE", one, otherSubscription, null));
    for (var verb : new String[] {"enable", "rotate-secret", "ping"}) {
      walks.put(
          "POST " + path + "/{subscription_id}/" + verb,
          () -> looksLikeNowhere("POST", one + "/" + verb, otherSubscription, "{}"));
    }
    walks.put(
        "POST " + path + "/{subscription_id}/replay",
        () ->
            looksLikeNowhere(
                "POST",
                one + "/replay",
                otherSubscription,
                "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"}"));
    walks.put(
        "GET " + path + "/{subscription_id}/deliveries",
        () -> looksLikeNowhere("GET", one + "/deliveries", otherSubscription, null));
    var delivery = one + "/deliveries/" + UUID.randomUUID();
    walks.put(
        "GET " + path + "/{subscription_id}/deliveries/{delivery_id}",
        () -> looksLikeNowhere("GET", delivery, otherSubscription, null));
    walks.put(
        "POST " + path + "/{subscription_id}/deliveries/{delivery_id}/replay",
        () -> looksLikeNowhere("POST", delivery + "/replay", otherSubscription, "{}"));
  }

  private void reconciliations() {
    var path = "/api/v1/reconciliations";
    walks.put(
        "GET " + path,
        () -> {
          assertThat(ids(limited.get(path), "wallet_id")).isNotEmpty().containsOnly(ownWallet);
          assertThat(ids(limited.get(path + "?wallet_id=" + otherWallet), "wallet_id")).isEmpty();
          assertThat(ids(limited.get(path + "?connection_id=" + other), "wallet_id")).isEmpty();
        });
    for (var part : new String[] {"", "/comparisons"}) {
      walks.put(
          "GET " + path + "/{reconciliation_id}" + part,
          () -> looksLikeNowhere("GET", path + "/%s" + part, otherReconciliation, null));
    }
    for (var verb : new String[] {"accept", "resolve"}) {
      walks.put(
          "POST " + path + "/{reconciliation_id}/" + verb,
          () ->
              looksLikeNowhere(
                  "POST", path + "/%s/" + verb, otherReconciliation, "{\"note\":\"x\"}"));
    }
    var row = "\"amount\":\"1\",\"as_of\":\"2026-01-01T00:00:00Z\",\"reference\":\"x\"}";
    walks.put(
        "PUT /api/v1/wallets/{wallet_id}/expected-balance",
        () ->
            looksLikeNowhere("PUT", "/api/v1/wallets/%s/expected-balance", otherWallet, "{" + row));
    walks.put(
        "POST /api/v1/expected-balances",
        () -> {
          var many = "{\"expected_balances\":[{\"wallet_id\":\"%s\"," + row + "]}";
          var nowhere = UUID.randomUUID().toString();
          var answer = limited.post("/api/v1/expected-balances", many.formatted(otherWallet));
          assertThat(answer.expect(422).body().replace(otherWallet, nowhere))
              .isEqualTo(limited.post("/api/v1/expected-balances", many.formatted(nowhere)).body());
          limited.post("/api/v1/expected-balances", many.formatted(ownWallet)).expect(200);
        });
  }

  private void payouts() {
    var path = "/api/v1/wallets/%s";
    var route = "/api/v1/wallets/{wallet_id}";
    for (var what :
        new String[] {"/reservations", "/planned-outflows", "/runway", "/runway/health"}) {
      walks.put(
          "GET " + route + what, () -> looksLikeNowhere("GET", path + what, otherWallet, null));
    }
    walks.put(
        "PUT " + route + "/planned-outflows",
        () -> {
          var plan = "{\"outflows\":[]}";
          looksLikeNowhere("PUT", path + "/planned-outflows", otherWallet, plan);
          limited
              .send("PUT", path.formatted(ownWallet) + "/planned-outflows", null, Map.of(), plan)
              .expect(200);
        });
    walks.put(
        "POST " + route + "/can-pay",
        () -> {
          var ask = "{\"amount\":\"1\",\"reference\":\"x\",\"reserve\":true,\"max_age\":\"PT0S\"}";
          looksLikeNowhere("POST", path + "/can-pay", otherWallet, ask);
          limited.post(path.formatted(ownWallet) + "/can-pay", ask).expect(200);
        });
    for (var verb : new String[] {"confirm", "release"}) {
      var body = verb.equals("confirm") ? "{}" : "{\"note\":\"x\"}";
      walks.put(
          "POST " + route + "/reservations/{reservation_id}/" + verb,
          () -> {
            var rest = "/reservations/" + otherReservation + "/" + verb;
            looksLikeNowhere("POST", path + rest, otherWallet, body);
            assertThat(limited.post(path.formatted(ownWallet) + rest, body).expect(404).problem())
                .isEqualTo("reservation-not-found");
          });
    }
  }

  private static void events() {
    var path = "/api/v1/events?limit=100";
    assertThat(ids(limited.get(path), "wallet_id")).containsOnly(ownWallet);
    assertThat(ids(limited.get(path + "&wallet_id=" + otherWallet), "wallet_id")).isEmpty();
  }

  /** What was there before, and what happens meanwhile. */
  private static void eventStream() {
    var told = new ToldEvents(server);
    var mine = new WalletId(UUID.fromString(own));
    try (var stream = limited.listen("/api/v1/events/stream", Map.of())) {
      Eventually.within(SOON, "the history", () -> !stream.events().isEmpty());
      told.tell(
          List.of(
              ToldEvents.aboutNone(1),
              ToldEvents.about(new WalletId(UUID.fromString(other)), 2, ""),
              ToldEvents.about(mine, 3, "")));
      Eventually.within(
          SOON,
          "the newest event",
          () -> stream.events().getLast().json().at("/data/number").asString("").equals("3"));

      assertThat(stream.events())
          .extracting(event -> event.json().get("connection_id").asString())
          .containsOnly(own);
    }
  }

  private void keys() {
    var path = "/api/v1/api-keys";
    var stronger = server.client().get(path).expect(200).json().at("/data/0/api_key_id").asString();
    walks.put(
        "POST " + path,
        () -> {
          assertThat(createKey(limited, other).expect(403).problem())
              .isEqualTo("beyond-own-rights");
          var handedOn = limited.post(path, "{\"name\":\"x\",\"scopes\":[\"wallets:read\"]}");
          assertThat(handedOn.expect(201).json().get("connection_ids").toString())
              .isEqualTo("[\"" + own + "\"]");
        });
    walks.put(
        "GET " + path,
        () ->
            assertThat(ids(limited.get(path), "api_key_id"))
                .contains(ownKey)
                .doesNotContain(otherKey, stronger));
    for (var elsewhere : new String[] {otherKey, stronger}) {
      walks.merge(
          "GET " + path + "/{api_key_id}",
          () -> looksLikeNowhere("GET", path + "/%s", elsewhere, null),
          LimitedKeyTest::both);
      walks.merge(
          "DELETE " + path + "/{api_key_id}",
          () -> looksLikeNowhere("DELETE", path + "/%s", elsewhere, null),
          LimitedKeyTest::both);
      for (var verb : new String[] {"rotate", "revoke"}) {
        walks.merge(
            "POST " + path + "/{api_key_id}/" + verb,
            () -> looksLikeNowhere("POST", path + "/%s/" + verb, elsewhere, "{}"),
            LimitedKeyTest::both);
      }
    }
  }

  private void providerEvents() {
    var path = "/api/v1/provider-events";
    walks.put(
        "GET " + path,
        () -> {
          assertThat(ids(limited.get(path), "event_id")).containsExactly(ownEvent);
          assertThat(ids(limited.get(path + "?connection_id=" + other), "event_id")).isEmpty();
        });
    walks.put(
        "GET " + path + "/{event_id}",
        () -> {
          limited.get(path + "/" + ownEvent).expect(200);
          looksLikeNowhere("GET", path + "/%s", otherEvent, null);
        });
    walks.put(
        "POST " + path + "/{event_id}/replay",
        () -> {
          limited.post(path + "/" + ownEvent + "/replay", "{}").expect(200);
          looksLikeNowhere("POST", path + "/%s/replay", otherEvent, "{}");
        });
    walks.put(
        "POST " + path + "/replay",
        () -> {
          var body = "{\"connection_id\":\"%s\",\"status\":\"failed\"}";
          limited.post(path + "/replay", body.formatted(own)).expect(200);
          var refused = limited.post(path + "/replay", body.formatted(other)).expect(404);
          assertThat(refused.body())
              .isEqualTo(limited.post(path + "/replay", body.formatted(UUID.randomUUID())).body());
        });
  }

  private void syncRuns() {
    var path = "/api/v1/sync-runs";
    walks.put(
        "POST " + path,
        () -> {
          var calls = paystack.calls(OTHER_SECRET);
          run(limited, "{\"all\":true}");
          run(limited, "{\"provider\":\"paystack\"}");
          assertThat(paystack.calls(OTHER_SECRET)).isEqualTo(calls);
          var body = "{\"filter\":{\"connection_id\":\"%s\"}}";
          var refused = limited.post(path, body.formatted(other)).expect(400);
          assertThat(refused.body())
              .isEqualTo(limited.post(path, body.formatted(UUID.randomUUID())).body());
        });
    walks.put(
        "GET " + path,
        () ->
            assertThat(ids(limited.get(path), "run_id"))
                .isNotEmpty()
                .doesNotContain(otherRun, run(server.client(), "{\"owner_id\":\"nobody\"}")));
    walks.put(
        "GET " + path + "/{run_id}", () -> looksLikeNowhere("GET", path + "/%s", otherRun, null));
    walks.put(
        "GET " + path + "/{run_id}/failures",
        () -> looksLikeNowhere("GET", path + "/%s/failures", otherRun, null));
    walks.put(
        "POST " + path + "/{run_id}/cancel",
        () -> looksLikeNowhere("POST", path + "/%s/cancel", otherRun, "{}"));
  }

  private static Runnable both(Runnable one, Runnable two) {
    return () -> {
      one.run();
      two.run();
    };
  }

  private static void auditEntries() {
    var path = "/api/v1/audit-entries";
    var entries = limited.get(path + "?limit=100").expect(200);
    assertThat(ids(entries, "connection_id")).isNotEmpty().containsOnly(own);
    for (var subject : new String[] {other, otherWallet, otherKey}) {
      assertThat(limited.get(path + "?subject_id=" + subject).expect(200).json().get("data"))
          .isEmpty();
    }
  }

  /** The answer is 404, and the same one as for an id that does not exist. */
  private static void looksLikeNowhere(
      String method, String target, String id, @Nullable String body) {
    var nowhere = UUID.randomUUID().toString();
    var answer = limited.send(method, target.formatted(id), null, Map.of(), body);
    assertThat(answer.expect(404).body().replace(id, nowhere))
        .isEqualTo(limited.send(method, target.formatted(nowhere), null, Map.of(), body).body());
  }

  private static Iterable<String> ids(Answer listing, String member) {
    return listing
        .expect(200)
        .json()
        .get("data")
        .valueStream()
        .map(item -> item.get(member).asString(""))
        .toList();
  }
}
