package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.alert.LookAfterAlerts;
import io.walletsync.core.alert.LookAtRules;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a user sees who wants to be told of things. */
class AlertsOverHttpTest {
  private static final String RULES = "/api/v1/alert-rules";
  private static final String ALERTS = "/api/v1/alerts";

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static int number;

  private ApiClient client;
  private String secret;
  private String wallet;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server = TestServer.start(database, paystack.url());
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @BeforeEach
  void aWalletWithABalance() {
    client = server.client();
    secret = "sk_test_of_the_alerts_number_" + number++;
    has(500);
    wallet = client.register(client.connect(secret), "NGN");
    client.sync(wallet).expect(200);
  }

  @Test
  void aLowBalanceOpensAnAlertWithTheRecordingAndARecoveryEndsIt() {
    var rule = below("100", "200");
    assertThat(alerts("")).isEmpty();
    var start = client.get("/api/v1/events?after=latest").expect(200).text("next_cursor");

    has(99);
    client.sync(wallet).expect(200);

    var open = only("&state=open");
    assertThat(open.get("rule_id").asString()).isEqualTo(rule.text("rule_id"));
    assertThat(open.get("kind").asString()).isEqualTo("balance_below");
    assertThat(open.get("previous").asString()).isEqualTo("500.00");
    assertThat(open.get("current").asString()).isEqualTo("99.00");
    assertThat(open.get("limit").asString()).isEqualTo("100.00");
    assertThat(open.get("currency").asString()).isEqualTo("NGN");
    assertThat(open.get("wallet_id").asString()).isEqualTo(wallet);
    assertThat(client.get(one(open)).expect(200).json()).isEqualTo(open);
    has(150);
    client.sync(wallet).expect(200);
    assertThat(only("&state=open")).isEqualTo(open);
    has(200);
    client.sync(wallet).expect(200);

    var resolved = only("&state=resolved");
    assertThat(resolved.get("resolved_how").asString()).isEqualTo("by_itself");
    assertThat(resolved.get("resolved_value").asString()).isEqualTo("200.00");
    var history = client.get(one(open) + "/history").expect(200).json().get("data");
    assertThat(history.valueStream().map(it -> it.get("state").asString()))
        .containsExactly("open", "resolved");
    var events = events(start, 2);
    assertThat(events)
        .extracting(it -> it.get("type").asString())
        .containsExactly("alert.opened", "alert.resolved");
    assertThat(events.getFirst().at("/data/alert_id").asString())
        .isEqualTo(open.get("alert_id").asString());
    assertThat(events.getFirst().get("wallet_id").asString()).isEqualTo(wallet);
    assertThat(events.getLast().at("/data/how").asString()).isEqualTo("by_itself");
  }

  @Test
  void whatIsLowAlreadyOpensAtOnceForOneWalletAndInTheNextRoundForMany() {
    below("1000", "1000");
    assertThat(alerts("")).hasSize(1);

    var connection = client.get("/api/v1/wallets/" + wallet).expect(200).text("connection_id");
    client
        .post(
            RULES,
            """
            {"name": "All of it", "scope": {"connection_id": "%s"}, "severity": "critical",
             "condition": {"kind": "balance_below", "currency": "NGN", "threshold": "1000"}}
            """
                .formatted(connection))
        .expect(201);
    assertThat(alerts("")).hasSize(1);
    look();

    assertThat(alerts("&severity=critical")).hasSize(1);
    assertThat(alerts("")).hasSize(2);
  }

  @Test
  void oneNodeLooksForAllAgainAndAgain() {
    for (var task : List.of("look_at_alert_rules", "look_after_alerts")) {
      Eventually.within(
          Duration.ofSeconds(30),
          "a round by itself",
          () ->
              database
                  .look()
                  .sql(
                      """
                      select count(*) > 0 from recurring_task
                       where task_name = ? and last_success is not null
                      """)
                  .param(task)
                  .query(Boolean.class)
                  .single());
    }
  }

  @Test
  void aPersonAcknowledgesSnoozesAndResolves() {
    below("1000", "1000");
    var alert = only("");

    var acknowledged = client.post(one(alert) + "/acknowledge", "{\"note\":\"mine\"}").expect(200);
    assertThat(acknowledged.text("state")).isEqualTo("acknowledged");
    var snoozed =
        client.post(one(alert) + "/snooze", "{\"until\":\"" + later() + "\"}").expect(200);
    assertThat(snoozed.text("state")).isEqualTo("snoozed");
    assertThat(snoozed.text("snoozed_until")).isEqualTo(later());
    assertThat(alerts("&state=open,acknowledged")).isEmpty();
    assertThat(
            client
                .post(one(alert) + "/snooze", "{\"until\":\"2001-01-01T00:00:00Z\"}")
                .expect(400)
                .json()
                .at("/errors/0/field")
                .asString())
        .isEqualTo("until");
    var resolved = client.post(one(alert) + "/resolve", "{\"note\":\"known\"}").expect(200);
    assertThat(resolved.text("resolved_how")).isEqualTo("person");
    assertThat(resolved.json().get("condition_holds").asBoolean()).isTrue();

    assertThat(client.post(one(alert) + "/acknowledge", "{}").expect(409).problem())
        .isEqualTo("alert-resolved");
    has(400);
    client.sync(wallet).expect(200);
    assertThat(alerts("")).as("it goes on, and was settled").hasSize(1);
    has(2_000);
    client.sync(wallet).expect(200);
    has(300);
    client.sync(wallet).expect(200);
    assertThat(alerts("&state=open")).hasSize(1);
    assertThat(audited("acknowledge_alert")).hasSize(1);
    assertThat(audited("snooze_alert")).hasSize(1);
    assertThat(audited("resolve_alert")).hasSize(1);
  }

  private static String later() {
    return "2027-01-01T00:00:00Z";
  }

  @Test
  void aRuleIsReadChangedListedAndDeleted() {
    var rule = below("1000", "1000");
    var path = RULES + "/" + rule.text("rule_id");
    assertThat(client.get(path).expect(200).body()).isEqualTo(rule.body());
    assertThat(rule.json().at("/condition/clear_at").asString()).isEqualTo("1000.00");

    var renamed =
        client.patch(path, "{\"name\":\"Renamed\",\"severity\":\"critical\"}").expect(200);
    assertThat(renamed.json().get("revision").asInt()).isEqualTo(1);
    assertThat(alerts("&state=open")).hasSize(1);
    var changed =
        client
            .patch(
                path,
                """
                {"condition": {"kind": "balance_above", "currency": "NGN", "threshold": "400"}}
                """)
            .expect(200);

    assertThat(changed.json().get("revision").asInt()).isEqualTo(2);
    assertThat(only("&state=resolved").get("resolved_how").asString()).isEqualTo("rule_changed");
    assertThat(only("&state=open").get("kind").asString()).isEqualTo("balance_above");
    client.patch(path, "{\"enabled\":false}").expect(200);
    assertThat(alerts("&state=open")).isEmpty();
    assertThat(
            client
                .get(RULES + "?limit=100&enabled=false")
                .expect(200)
                .json()
                .get("data")
                .valueStream()
                .map(it -> it.get("rule_id").asString()))
        .contains(rule.text("rule_id"));
    client.delete(path).expect(204);
    assertThat(client.get(path).expect(404).problem()).isEqualTo("alert-rule-not-found");
    assertThat(client.delete(path).expect(404).problem()).isEqualTo("alert-rule-not-found");
  }

  @Test
  void aRuleThatCannotBeReadStopsNoMoneyAndIsAnAlert() {
    var rule = below("100", "100");
    database
        .look()
        .sql(
            """
            update alert_rule set condition = '{"kind": "balance_below", "of_tomorrow": "x"}'
             where rule_id = ?::uuid
            """)
        .param(rule.text("rule_id"))
        .update();
    database.look().sql("update alert_engine set version = version + 1").update();

    has(50);
    assertThat(client.sync(wallet).expect(200).text("balance")).isEqualTo("50.00");

    var broken =
        client.get(ALERTS + "?rule_id=" + rule.text("rule_id")).expect(200).json().at("/data/0");
    assertThat(broken.get("kind").asString()).isEqualTo("engine_error");
    client.delete(RULES + "/" + rule.text("rule_id")).expect(204);
  }

  @Test
  void failingSyncsAndDriftAreAlerts() {
    rule("{\"kind\": \"drift_over\", \"currency\": \"NGN\", \"limit\": \"5\"}");
    var balance = client.balance(wallet).expect(200);

    var expected =
        client
            .send(
                "PUT",
                "/api/v1/wallets/" + wallet + "/expected-balance",
                null,
                Map.of(),
                """
                {"amount": "490", "as_of": "%s", "reference": "day-1", "settlement_lag": "PT0S"}
                """
                    .formatted(balance.text("as_of")))
            .expect(200);
    assertThat(expected.text("state")).isEqualTo("open");

    assertThat(only("&kind=drift_over").get("current").asString()).isEqualTo("10.00");
    client
        .post(
            "/api/v1/reconciliations/" + expected.text("reconciliation_id") + "/accept",
            "{\"note\":\"known\"}")
        .expect(200);
    assertThat(only("&kind=drift_over").get("state").asString()).isEqualTo("resolved");
  }

  @Test
  void aReadingThatIsNotBelievedIsAnAlertUntilItIsSettled() {
    rule("{\"kind\": \"reading_quarantined\"}");
    paystack.replies(
        secret,
        call ->
            call == 2
                ? StubPaystack.balance("NGN", 5_00)
                : new StubPaystack.Reply(200, "Back soon"));
    assertThat(client.sync(wallet).expect(200).text("outcome")).isEqualTo("quarantined");

    var open = only("&kind=reading_quarantined");
    assertThat(open.get("state").asString()).isEqualTo("open");
    assertThat(open.get("current").asString()).isEqualTo("5.00");
    has(500);
    client.sync(wallet).expect(200);
    assertThat(only("&kind=reading_quarantined").get("state").asString()).isEqualTo("resolved");
  }

  @Test
  void saysWhatIsWrongWithARule() {
    for (var bad :
        Map.of(
                "{\"kind\": \"balance_below\", \"currency\": \"NGN\"}",
                "condition.threshold",
                "{\"kind\": \"balance_below\", \"threshold\": \"1\"}",
                "condition.currency",
                "{\"kind\": \"storm\"}",
                "condition.kind",
                "{\"kind\": \"no_sync\", \"after\": \"PT1S\"}",
                "condition.after",
                "{\"kind\": \"sync_failing\", \"more\": \"1\"}",
                "condition.more",
                "{\"kind\": \"balance_changed\", \"period\": \"PT1H\"}",
                "condition.amount",
                "{\"kind\": \"balance_changed\", \"period\": \"PT61S\", \"percent\": \"5\"}",
                "condition.period",
                "{\"kind\": \"balance_below\", \"currency\": \"GHS\", \"threshold\": \"1\"}",
                "condition.currency",
                "{\"kind\": \"balance_above\", \"currency\": \"NGN\", \"threshold\": \"1\","
                    + " \"clear_at\": \"2\"}",
                "condition.clear_at")
            .entrySet()) {
      var answer = client.post(RULES, body(bad.getKey())).expect(400);

      assertThat(answer.problem()).as(bad.getKey()).isEqualTo("invalid-request");
      assertThat(answer.json().at("/errors/0/field").asString())
          .as(bad.getKey())
          .isEqualTo(bad.getValue());
    }
  }

  private void has(int naira) {
    paystack.has(secret, "NGN", naira * 100L);
  }

  private Answer below(String threshold, String clearAt) {
    return rule(
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "kind",
                    "balance_below",
                    "currency",
                    "NGN",
                    "threshold",
                    threshold,
                    "clear_at",
                    clearAt)));
  }

  private Answer rule(String condition) {
    return client.post(RULES, body(condition)).expect(201);
  }

  private String body(String condition) {
    return "{\"name\": \"A rule\", \"scope\": {\"wallet_id\": \"%s\"}, \"condition\": %s}"
        .formatted(wallet, condition);
  }

  /** What one node does for all, every half a minute. */
  private static void look() {
    var context = server.running().context();
    context.getBean(LookAtRules.class).look(new LookAtRules.Command(() -> false));
    context.getBean(LookAfterAlerts.class).look(new LookAfterAlerts.Command(() -> false));
  }

  private List<JsonNode> alerts(String filter) {
    return client
        .get(ALERTS + "?limit=100&wallet_id=" + wallet + filter)
        .expect(200)
        .json()
        .get("data")
        .valueStream()
        .toList();
  }

  private JsonNode only(String filter) {
    var alerts = alerts(filter);
    assertThat(alerts).hasSize(1);
    return alerts.getFirst();
  }

  private static String one(JsonNode alert) {
    return ALERTS + "/" + alert.get("alert_id").asString();
  }

  private List<JsonNode> audited(String action) {
    return client
        .get("/api/v1/audit-entries?limit=100&subject_id=" + wallet + "&action=" + action)
        .expect(200)
        .json()
        .get("data")
        .valueStream()
        .toList();
  }

  /** What other tests of this machine have open may hide for a moment what was just committed. */
  private List<JsonNode> events(String after, int count) {
    var found = new ArrayList<JsonNode>();
    Eventually.within(
        Duration.ofSeconds(20),
        count + " events",
        () -> {
          found.clear();
          client
              .get(
                  "/api/v1/events?type=alert.opened,alert.resolved&wallet_id="
                      + wallet
                      + "&after="
                      + after)
              .expect(200)
              .json()
              .get("data")
              .forEach(found::add);
          return found.size() >= count;
        });
    return found;
  }
}
