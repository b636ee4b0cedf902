package io.walletsync.server.openapi;

import java.util.Map;

/** Calls of the routes of alert rules and alerts. */
record AlertCalls(DescribedServer at) {
  void all(String connection, String wallet) {
    var rules = "/api/v1/alert-rules";
    var body =
        """
        {"name": "High", "severity": "critical", "enabled": true, "scope": {"wallet_id": "%s"},
         "condition": {"kind": "balance_above", "currency": "NGN", "threshold": "-1"}}
        """
            .formatted(wallet);
    var rule = at.client.call("POST", rules, body).expect(201);
    at.client
        .call("POST", rules, "{\"name\":\"x\",\"condition\":{\"kind\":\"storm\"}}")
        .expect(400);
    var one = rules + "/" + rule.text("rule_id");
    at.client.get(one).expect(200);
    at.client.call("PATCH", one, "{\"name\":\"Too high\"}").expect(200);
    at.client
        .call("POST", rules, "{\"name\":\"x\",\"condition\":{\"kind\":\"sync_failing\"}}")
        .expect(201);
    var page = at.client.get(rules + "?limit=1&enabled=true").expect(200);
    at.client.get(rules + "?kind=balance_above&cursor=" + page.text("next_cursor")).expect(200);
    var alerts = "/api/v1/alerts";
    var found =
        at.client
            .get(alerts + "?limit=1&state=open,snoozed&wallet_id=" + wallet)
            .expect(200)
            .json()
            .at("/data/0/alert_id")
            .asString();
    var alert = alerts + "/" + found;
    at.client.get(alert).expect(200);
    at.client.call("POST", alert + "/acknowledge", "{\"note\":\"mine\"}").expect(200);
    at.client.call("POST", alert + "/snooze", "{\"until\":\"2001-01-01T00:00:00Z\"}").expect(400);
    at.client
        .call("POST", alert + "/snooze", "{\"until\":\"2027-03-01T00:00:00Z\",\"note\":\"x\"}")
        .expect(200);
    at.client.call("POST", alert + "/resolve", "{\"note\":\"known\"}").expect(200);
    for (var again :
        Map.of(
                "/acknowledge", "{}",
                "/snooze", "{\"until\":\"2027-03-01T00:00:00Z\"}",
                "/resolve", "{\"note\":\"known\"}")
            .entrySet()) {
      at.client.call("POST", alert + again.getKey(), again.getValue()).expect(409);
    }
    at.client.get(alert + "/history").expect(200);
    at.client
        .get(
            alerts
                + "?kind=balance_above&severity=critical&rule_id="
                + rule.text("rule_id")
                + "&connection_id="
                + connection)
        .expect(200);
    at.client.call("DELETE", one, null).expect(204);
    at.client.get(one).expect(404);
    at.database
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
    at.client.call("POST", rules, body).expect(409);
    at.database.look().sql("delete from alert_rule where name = 'many'").update();
  }
}
