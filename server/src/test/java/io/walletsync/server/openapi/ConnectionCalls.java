package io.walletsync.server.openapi;

import io.walletsync.server.support.StubPaystack;

/** Calls of the routes of connections. */
record ConnectionCalls(DescribedServer at) {
  String all() {
    var body =
        "{\"provider\":\"paystack\",\"name\":\"Store\",\"credentials\":{\"secret_key\":\"%s\"}}";
    var added =
        at.client
            .call("POST", "/api/v1/connections", body.formatted(DescribedServer.SECRET))
            .expect(201);
    at.client.get(added.header("Location")).expect(200);
    at.client
        .call(
            "PATCH",
            added.header("Location"),
            "{\"call_budget\":{\"per_second\":50,\"per_day\":5000}}")
        .expect(200);
    at.client
        .call("POST", "/api/v1/connections", body.formatted(DescribedServer.SECRET))
        .expect(409);
    at.client.call("POST", "/api/v1/connections", body.formatted("short")).expect(201);
    var page = at.client.get("/api/v1/connections?limit=1").expect(200);
    at.client.get("/api/v1/connections?cursor=" + page.text("next_cursor")).expect(200);
    var path = added.header("Location");
    at.paystack.has(DescribedServer.SECRET, "NGN", 1);
    at.client.call("POST", path + "/check", "{}").expect(200);
    at.client.call("POST", path + "/discover", "{\"currencies\":[\"ZAR\"]}").expect(200);
    var same = "{\"credentials\":{\"secret_key\":\"%s\"},\"webhook_overlap_seconds\":60}";
    at.client
        .call("PUT", path + "/credentials", same.formatted(DescribedServer.SECRET))
        .expect(200);
    at.client.call("PUT", path + "/credentials", same.formatted("sk_unknown")).expect(422);
    at.paystack.has("short", "NGN", 1);
    at.client.call("PUT", path + "/credentials", same.formatted("short")).expect(409);
    at.paystack.replies("sk_broken", _ -> new StubPaystack.Reply(500, "oops"));
    at.client.call("PUT", path + "/credentials", same.formatted("sk_broken")).expect(502);
    at.paystack.replies(DescribedServer.SECRET, _ -> new StubPaystack.Reply(400, "{}"));
    at.client.call("POST", path + "/discover", "{}").expect(502);
    return added.text("connection_id");
  }
}
