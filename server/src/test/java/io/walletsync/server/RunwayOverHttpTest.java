package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.FreshWallet;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a treasurer sees who asks how long the money lasts, and the pager that asks too. */
class RunwayOverHttpTest {
  @RegisterExtension private static final FreshWallet at = FreshWallet.holding(10_000);

  private static final TestDatabase database = at.database();
  private static final StubPaystack paystack = at.paystack();

  private final ApiClient client = at.client();
  private final String secret = at.secret();
  private final String wallet = at.wallet();

  @Test
  void nothingIsForecastFromTooLittleAndAPagerGoesOffThen() {
    assertThat(client.get(runway("")).expect(404).problem()).isEqualTo("no-snapshot-yet");
    assertThat(client.get(health("")).expect(503).text("reason")).isEqualTo("no_balance");
    client.sync(wallet).expect(200);

    var refused = client.get(runway("")).expect(409);

    assertThat(refused.problem()).isEqualTo("insufficient-history");
    assertThat(refused.json().get("weeks").asInt()).isZero();
    var unknown = client.get(health("")).expect(503);
    assertThat(unknown.problem()).isEqualTo("runway-unknown");
    assertThat(unknown.text("reason")).isEqualTo("insufficient_history");
  }

  @Test
  void tellsWhenItRunsOutAndWhatThatRestsOn() {
    threeWeeksOf(20);
    client.sync(wallet).expect(200);

    var forecast = client.get(runway("?minimum=30&horizon=P60D&tz=Africa/Lagos")).expect(200);

    assertThat(forecast.text("balance")).isEqualTo("100.00");
    assertThat(forecast.text("minimum")).isEqualTo("30.00");
    assertThat(forecast.json().at("/history/weeks").asInt()).isEqualTo(3);
    assertThat(forecast.json().at("/history/changes").asInt()).isEqualTo(3);
    for (var way : List.of("earliest", "expected", "latest")) {
      var scenario = forecast.json().get(way);
      assertThat(scenario.get("beyond_horizon").asBoolean()).as(way).isFalse();
      assertThat(Duration.parse(scenario.get("lasts").asString()))
          .as("20 a week: the fourth time")
          .isBetween(Duration.ofDays(20), Duration.ofDays(28));
    }
    var beyond = client.get(runway("?horizon=P2D")).expect(200).json().get("earliest");
    assertThat(beyond.get("beyond_horizon").asBoolean()).isTrue();
    assertThat(beyond.get("runs_out_at").isNull()).isTrue();
  }

  @Test
  void whatIsSetAsideForPayoutsIsSpokenFor() {
    threeWeeksOf(20);
    client.sync(wallet).expect(200);
    client
        .post(
            "/api/v1/wallets/" + wallet + "/can-pay",
            "{\"amount\":\"70\",\"reference\":\"p-1\",\"reserve\":true}")
        .expect(200);

    var forecast = client.get(runway("?horizon=P60D")).expect(200);

    assertThat(forecast.text("reserved")).isEqualTo("70.00");
    assertThat(Duration.parse(forecast.json().at("/earliest/lasts").asString()))
        .as("20 a week of 30: the second time")
        .isBetween(Duration.ofDays(6), Duration.ofDays(14));
  }

  @Test
  void aRuleAboutItOpensWhereTheCautiousForecastIsTooShort() {
    threeWeeksOf(20);
    client.sync(wallet).expect(200);
    var rule =
        """
        {"name":"%s","scope":{"wallet_id":"%s"},"condition":{"kind":"runway_below","limit":"%s"}}
        """;

    var tight = client.post("/api/v1/alert-rules", rule.formatted("tight", wallet, "P60D"));
    var loose = client.post("/api/v1/alert-rules", rule.formatted("loose", wallet, "P14D"));

    var alerts = "/api/v1/alerts?rule_id=";
    var opened = client.get(alerts + tight.expect(201).text("rule_id")).expect(200).json();
    assertThat(opened.get("data")).hasSize(1);
    assertThat(Duration.parse(opened.at("/data/0/current").asString()))
        .as("20 a week of 100: the sixth time")
        .isBetween(Duration.ofDays(34), Duration.ofDays(42));
    assertThat(
            client.get(alerts + loose.expect(201).text("rule_id")).expect(200).json().get("data"))
        .isEmpty();
  }

  @Test
  void thePlanShortensItAndThePagerGoesOff() {
    threeWeeksOf(1);
    client.sync(wallet).expect(200);
    client.get(health("?at_least=P2D")).expect(200);
    var tomorrow = Instant.parse(client.balance(wallet).text("as_of")).plus(Duration.ofDays(1));

    var plan = plan("50", row(tomorrow, "60", "payroll")).expect(200);

    assertThat(plan.text("minimum")).isEqualTo("50.00");
    var forecast = client.get(runway("")).expect(200).json();
    assertThat(forecast.at("/expected/first_uncovered/reference").asString()).isEqualTo("payroll");
    assertThat(forecast.at("/planned/total").asString()).isEqualTo("60.00");
    var alarm = client.get(health("?at_least=P2D")).expect(503);
    assertThat(alarm.problem()).isEqualTo("runway-too-short");
    assertThat(alarm.json().at("/runway/earliest/first_uncovered/reference").asString())
        .isEqualTo("payroll");
    client.get(health("?at_least=PT2H&by=latest")).expect(200);
    assertThat(client.get(health("?at_least=PT2H&max_age=PT0S")).expect(503).text("reason"))
        .isEqualTo("stale");
  }

  @Test
  void aBalanceInDoubtIsSaidAndIsUnknownToAPager() {
    threeWeeksOf(1);
    client.sync(wallet).expect(200);
    var calls = paystack.calls(secret);
    paystack.replies(
        secret,
        call ->
            call == calls + 1
                ? StubPaystack.balance("NGN", 1_000_000)
                : new StubPaystack.Reply(500, "{}"));
    client.sync(wallet).expect(200);

    assertThat(client.get(runway("")).expect(200).json().at("/in_doubt/balance").asString())
        .isEqualTo("10000.00");
    assertThat(client.get(health("?at_least=PT1H")).expect(503).text("reason"))
        .isEqualTo("in_doubt");
  }

  @Test
  void aPlanIsReplacedAsAWholeAndSaidAgainNothingChanges() {
    var path = "/api/v1/wallets/" + wallet + "/planned-outflows";
    assertThat(client.get(path).expect(200).json().get("changed_at").isNull()).isTrue();
    var later = Instant.parse("2030-01-01T00:00:00Z");
    var rows =
        IntStream.range(0, 1_000)
            .mapToObj(i -> row(later.plusSeconds(i), "1.5", "p" + i))
            .toArray(String[]::new);
    var first = plan("1", rows).expect(200);
    assertThat(first.json().get("outflows")).hasSize(1_000);

    assertThat(plan("1.00", rows).expect(200).body()).isEqualTo(first.body());
    assertThat(client.get(path).expect(200).body()).isEqualTo(first.body());
    assertThat(plan("0").expect(200).json().get("outflows")).isEmpty();
    assertThat(
            client
                .get("/api/v1/audit-entries?action=plan_outflows&subject_id=" + wallet)
                .expect(200)
                .json()
                .get("data"))
        .hasSize(2);
  }

  private Answer plan(String minimum, String... rows) {
    return client.send(
        "PUT",
        "/api/v1/wallets/" + wallet + "/planned-outflows",
        null,
        Map.of(),
        List.of(rows).stream()
            .collect(
                Collectors.joining(",", "{\"minimum\":\"" + minimum + "\",\"outflows\":[", "]}")));
  }

  private static String row(Instant at, String amount, String reference) {
    return "{\"at\":\"%s\",\"amount\":\"%s\",\"reference\":\"%s\"}"
        .formatted(at, amount, reference);
  }

  /** As syncs of three weeks and a day would have left them: so much less each week. */
  private void threeWeeksOf(int naira) {
    for (var week = 0; week < 4; week++) {
      database
          .look()
          .sql(
              """
              insert into wallet_balance_snapshot
              values (:wallet, :sequence, gen_random_uuid(), 'paystack', 'NGN', :amount, null, null,
                      null, now() - interval '22 days' + :week * interval '7 days', null, now(),
                      now(), 'API', null, null, '{}', now())
              """)
          .param("wallet", UUID.fromString(wallet))
          .param("sequence", 1_000 + week)
          .param("amount", 100 + (3 - week) * naira)
          .param("week", week)
          .update();
    }
  }

  private String runway(String query) {
    return "/api/v1/wallets/" + wallet + "/runway" + query;
  }

  private String health(String query) {
    return "/api/v1/wallets/" + wallet + "/runway/health" + query;
  }
}
