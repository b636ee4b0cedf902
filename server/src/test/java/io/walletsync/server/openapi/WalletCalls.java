package io.walletsync.server.openapi;

/** Calls of the routes of wallets. */
record WalletCalls(DescribedServer at) {
  String all(String connection) {
    var body = "{\"connection_id\":\"%s\",\"currency\":\"%s\",\"owner_id\":\"ada\"}";
    var naira = body.formatted(connection, "NGN");
    var registered = at.client.call("POST", "/api/v1/wallets", naira).expect(201);
    at.client.call("POST", "/api/v1/wallets", naira).expect(200);
    at.client.call("POST", "/api/v1/wallets", body.formatted(connection, "GHS")).expect(201);
    at.client.call("POST", "/api/v1/wallets", body.formatted(connection, "ZZZ")).expect(422);
    at.client.get(registered.header("Location")).expect(200);
    at.client
        .call(
            "PATCH",
            registered.header("Location"),
            "{\"status\":\"active\",\"metadata\":{\"team\":\"payouts\",\"old\":null}}")
        .expect(200);
    at.client
        .get(
            "/api/v1/wallets?provider=paystack&currency=NGN&owner_id=ada&status=active&connection_id="
                + connection)
        .expect(200);
    var page = at.client.get("/api/v1/wallets?limit=1").expect(200);
    at.client.get("/api/v1/wallets?cursor=" + page.text("next_cursor")).expect(200);
    at.client.call("DELETE", "/api/v1/connections/" + connection, null).expect(409);
    return registered.text("wallet_id");
  }
}
