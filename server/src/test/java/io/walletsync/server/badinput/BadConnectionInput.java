package io.walletsync.server.badinput;

import java.util.stream.Stream;

/** What the routes of connections cannot read. */
record BadConnectionInput(BadInputServer to) implements BadInputs {
  private static final String CONNECTIONS = "/api/v1/connections";

  @Override
  public Stream<BadInput> all() {
    return Stream.of(connections(), callBudgets(), trials(), removals()).flatMap(cases -> cases);
  }

  private Stream<BadInput> connections() {
    var right =
        "\"provider\":\"paystack\",\"name\":\"x\",\"credentials\":{\"secret_key\":\"sk_new\"}";
    return Stream.of(
        to.post("provider", CONNECTIONS, right.replace("paystack", "stripe")),
        to.post("provider", CONNECTIONS, right.replace("paystack", "Pay stack")),
        to.post("provider", CONNECTIONS, right.replace("\"paystack\"", "5")),
        to.post("provider", CONNECTIONS, right.replace("\"paystack\"", "null")),
        to.post("name", CONNECTIONS, right.replace("\"x\"", "\"bell\\u0007\"")),
        to.post("name", CONNECTIONS, right.replace("\"x\"", "\"\\u202Egnp.exe\"")),
        to.post("name", CONNECTIONS, right.replace("\"x\"", "\"\\u0000\"")),
        to.post("name", CONNECTIONS, right.replace("\"x\"", "\"\\ud800\"")),
        to.post("name", CONNECTIONS, right.replace("\"x\"", "\"  \"")),
        to.post("name", CONNECTIONS, right.replace("\"x\"", '"' + "x".repeat(101) + '"')),
        to.post("name", CONNECTIONS, right.replace("\"x\"", "[\"x\"]")),
        to.post("credentials", CONNECTIONS, right.replace("secret_key", "key")),
        to.post("credentials", CONNECTIONS, right.replace("{\"secret_key\":\"sk_new\"}", "{}")),
        to.post("credentials", CONNECTIONS, right.replace("{\"secret_key\":\"sk_new\"}", "\"s\"")),
        to.post("credentials", CONNECTIONS, right.replace("sk_new", "sk new")),
        to.post("credentials", CONNECTIONS, right.replace("sk_new", "")),
        to.post("credentials", CONNECTIONS, right.replace("sk_new", "x".repeat(513))),
        to.post("credentials", CONNECTIONS, right.replace("sk_new", "sk\\r\\nHost: evil")),
        to.post("credentials.secret_key", CONNECTIONS, right.replace("\"sk_new\"", "5")),
        to.post("environment", CONNECTIONS, right + ",\"environment\":\"live\""),
        to.post("environment", CONNECTIONS, right + ",\"environment\":\"test\""),
        to.post("call_budget", CONNECTIONS, right + ",\"call_budget\":5"),
        to.post("call_budget.per_day", CONNECTIONS, right + ",\"call_budget\":{\"per_day\":0}"));
  }

  private Stream<BadInput> callBudgets() {
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
        budget("call_budget.bell?", "{\"bell\\u0007\":1}"));
  }

  private BadInput budget(String field, String value) {
    return BadInput.field(
        field,
        value,
        () ->
            to.client.patch(CONNECTIONS + "/" + to.connection, "{\"call_budget\":" + value + "}"));
  }

  private Stream<BadInput> trials() {
    var discover = CONNECTIONS + "/" + to.connection + "/discover";
    var right = "\"credentials\":{\"secret_key\":\"sk_new\"}";
    return Stream.of(
        to.post("currencies", discover, "\"currencies\":\"NGN\""),
        to.post("currencies[0]", discover, "\"currencies\":[\"X\"]"),
        to.post("owner_id", discover, "\"owner_id\":\"\""),
        to.post("deep", CONNECTIONS + "/" + to.connection + "/check", "\"deep\":true"),
        replace("credentials", right.replace("sk_new", "")),
        replace("credentials", right.replace("secret_key", "api_key")),
        replace("credentials.secret_key", right.replace("\"sk_new\"", "7")),
        replace("webhook_overlap_seconds", right + ",\"webhook_overlap_seconds\":259201"),
        replace("webhook_overlap_seconds", right + ",\"webhook_overlap_seconds\":-1"),
        replace("webhook_overlap_seconds", right + ",\"webhook_overlap_seconds\":\"1\""));
  }

  private BadInput replace(String field, String members) {
    return to.put(field, CONNECTIONS + "/" + to.connection + "/credentials", members);
  }

  private Stream<BadInput> removals() {
    return Stream.of(
        BadInput.field(
            "close_wallets",
            "close_wallets=maybe",
            () -> to.client.delete(CONNECTIONS + "/" + to.connection + "?close_wallets=maybe")));
  }
}
