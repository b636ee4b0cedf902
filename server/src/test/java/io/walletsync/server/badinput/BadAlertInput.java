package io.walletsync.server.badinput;

import java.util.stream.Stream;

/** What the routes of alert rules and alerts cannot read. */
record BadAlertInput(BadInputServer to) implements BadInputs {
  private static final String RULES = "/api/v1/alert-rules";
  private static final String ALERTS = "/api/v1/alerts";

  @Override
  public Stream<BadInput> all() {
    return Stream.of(
        to.get("kind", RULES + "?kind=everything"),
        to.get("enabled", RULES + "?enabled=yes"),
        to.get("state", ALERTS + "?state=open,"),
        to.get("severity", ALERTS + "?severity=high"),
        to.get("rule_id", ALERTS + "?rule_id=1"),
        to.post("name", RULES, "\"condition\":{\"kind\":\"sync_failing\"}"),
        to.post("condition", RULES, "\"name\":\"x\""),
        to.post("condition", RULES, "\"name\":\"x\",\"condition\":[]"),
        to.post(
            "condition.kind", RULES, "\"name\":\"x\",\"condition\":{\"kind\":\"engine_error\"}"),
        to.post(
            "condition.after",
            RULES,
            "\"name\":\"x\",\"condition\":{\"kind\":\"no_sync\",\"after\":\"soon\"}"),
        to.post(
            "condition.limit",
            RULES,
            "\"name\":\"x\",\"condition\":{\"kind\":\"drift_over\",\"currency\":\"NGN\",\"limit\":\"-1\"}"),
        to.post(
            "scope.wallet_id",
            RULES,
            "\"name\":\"x\",\"scope\":{\"wallet_id\":\"1\"},\"condition\":{\"kind\":\"sync_failing\"}"),
        to.post(
            "scope.team",
            RULES,
            "\"name\":\"x\",\"scope\":{\"team\":\"1\"},\"condition\":{\"kind\":\"sync_failing\"}"),
        to.post("until", ALERTS + "/" + to.wallet + "/snooze", "\"until\":\"tomorrow\""),
        to.post("note", ALERTS + "/" + to.wallet + "/resolve", "\"note\":\"\""),
        to.post("note", ALERTS + "/" + to.wallet + "/acknowledge", "\"note\":7"));
  }
}
