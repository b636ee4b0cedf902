package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.PaystackWebhooks;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server with two connections, one of everything on each, and a key limited to its own. */
final class TwoConnections implements AutoCloseable {
  static final String OWN_SECRET = "sk_test_inside_the_limit";
  static final String OTHER_SECRET = "sk_test_outside_the_limit";
  static final Duration SOON = Duration.ofSeconds(20);

  final TestDatabase database = TestDatabase.create();
  final StubPaystack paystack = new StubPaystack();
  final TestServer server = TestServer.start(database, paystack.url());
  final String own;
  final String other;
  final String ownWallet;
  final String otherWallet;
  final String ownKey;
  final String otherKey;
  final String ownEvent;
  final String otherEvent;
  final String otherReading;
  final String otherRun;
  final String otherReconciliation;
  final String otherRule;
  final String ownRule;
  final String everybodysRule;
  final String otherAlert;
  final String otherReservation;
  final String otherSubscription;
  final ApiClient limited;

  TwoConnections() {
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
  private String doubt(ApiClient admin, String secret, String wallet, long subunits) {
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
  private String rule(ApiClient admin, String wallet) {
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

  private String everybodysRule(ApiClient admin) {
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
  String run(ApiClient caller, String filter) {
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
  private String reconciliation(ApiClient admin, String wallet) {
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

  private String reservation(ApiClient admin) {
    return admin
        .post(
            "/api/v1/wallets/" + otherWallet + "/can-pay",
            "{\"amount\":\"1\",\"reference\":\"x\",\"reserve\":true}")
        .expect(200)
        .json()
        .at("/reservation/reservation_id")
        .asString();
  }

  Answer createKey(ApiClient creator, String connection) {
    return creator.post(
        "/api/v1/api-keys",
        """
        {"name": "limited", "connection_ids": ["%s"],
         "scopes": ["wallets:write", "balances:sync", "connections:write", "audit:read", "keys:write",
                    "events:write", "alerts:write", "payouts:write", "webhooks:write"]}
        """
            .formatted(connection));
  }

  private ApiClient clientOf(Answer created) {
    return new ApiClient(
        server.address(),
        created.text("key_id"),
        Base64.getDecoder().decode(created.text("secret")));
  }

  /** To something that does not happen here, so that nothing changes by itself. */
  Answer subscribe(ApiClient by) {
    return by.post(
        "/api/v1/webhook-subscriptions",
        """
        {"name": "Ledger", "channel": {"type": "webhook", "url": "https://receiver.invalid/"},
         "filter": {"events": ["sync.recovered"]}}
        """);
  }

  private String eventOf(ApiClient admin, String connection) {
    return admin
        .get("/api/v1/provider-events?connection_id=" + connection)
        .expect(200)
        .json()
        .at("/data/0/event_id")
        .asString();
  }

  /** All that is stored outside the limit, as the key with all rights sees it. */
  String outside() {
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

  /** The answer is 404, and the same one as for an id that does not exist. */
  void looksLikeNowhere(String method, String target, String id, @Nullable String body) {
    var nowhere = UUID.randomUUID().toString();
    var answer = limited.send(method, target.formatted(id), null, Map.of(), body);
    assertThat(answer.expect(404).body().replace(id, nowhere))
        .isEqualTo(limited.send(method, target.formatted(nowhere), null, Map.of(), body).body());
  }

  @Override
  public void close() {
    server.close();
    paystack.close();
  }
}
