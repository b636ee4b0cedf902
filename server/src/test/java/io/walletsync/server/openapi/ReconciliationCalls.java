package io.walletsync.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

/** Calls of the routes of expected balances and reconciliations. */
record ReconciliationCalls(DescribedServer at) {
  void all(String connection, String wallet) {
    var path = "/api/v1/wallets/" + wallet + "/expected-balance";
    var balance = at.client.get("/api/v1/wallets/" + wallet + "/balance").expect(200);
    var body =
        "{\"amount\":\"%s\",\"as_of\":\"%s\",\"reference\":\"close\",\"currency\":\"%s\","
            + "\"tolerance\":\"0.01\",\"settlement_lag\":\"PT0S\"}";
    var asOf = balance.text("as_of");
    var open = at.client.call("PUT", path, body.formatted("-7", asOf, "NGN")).expect(200);
    assertThat(open.text("state")).isEqualTo("open");
    at.client.call("PUT", path, body.formatted("-7", asOf, "GHS")).expect(422);
    var one = "/api/v1/reconciliations/" + open.text("reconciliation_id");
    at.client.get(one).expect(200);
    at.client.get(one + "/comparisons").expect(200);
    at.client.call("POST", one + "/accept", "{\"note\":\"known\"}").expect(200);
    at.client.call("POST", one + "/resolve", "{\"note\":\"over\"}").expect(409);
    var other = at.client.call("PUT", path, body.formatted("-8", asOf, "NGN")).expect(200);
    at.client
        .call(
            "POST",
            "/api/v1/reconciliations/" + other.text("reconciliation_id") + "/resolve",
            "{\"note\":\"over\"}")
        .expect(200);
    var unknown =
        at.client.call("PUT", path, body.formatted("1", "2026-01-01T00:00:00Z", "NGN")).expect(200);
    assertThat(unknown.text("state")).isEqualTo("unknown");
    var nothing = "/api/v1/reconciliations/" + unknown.text("reconciliation_id");
    at.client.call("POST", nothing + "/accept", "{\"note\":\"x\"}").expect(409);
    var many = "{\"expected_balances\":[{\"wallet_id\":\"%s\",\"amount\":\"1\",%s}]}";
    var rest = "\"as_of\":\"2026-02-01T00:00:00Z\",\"reference\":\"close\"";
    at.client.call("POST", "/api/v1/expected-balances", many.formatted(wallet, rest)).expect(200);
    at.client
        .call("POST", "/api/v1/expected-balances", many.formatted(UUID.randomUUID(), rest))
        .expect(422);
    var page = at.client.get("/api/v1/reconciliations?limit=1").expect(200);
    at.client.get("/api/v1/reconciliations?cursor=" + page.text("next_cursor")).expect(200);
    at.client
        .get(
            "/api/v1/reconciliations?state=accepted&min_drift=0.5&from=2026-01-01T00:00:00Z"
                + "&to=2100-01-01T00:00:00Z&wallet_id="
                + wallet
                + "&connection_id="
                + connection)
        .expect(200);
    var closed =
        at.client.call(
            "POST",
            "/api/v1/wallets",
            "{\"connection_id\":\"" + connection + "\",\"currency\":\"USD\"}");
    at.client.call("DELETE", closed.header("Location"), null).expect(200);
    at.client
        .call(
            "PUT",
            closed.header("Location") + "/expected-balance",
            body.formatted("1", asOf, "USD"))
        .expect(409);
  }
}
