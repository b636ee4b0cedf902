package io.walletsync.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls of the routes of API keys and of the audit trail. */
record AccessCalls(DescribedServer at) {
  void keys() {
    var created =
        at.client
            .call("POST", "/api/v1/api-keys", "{\"name\":\"Shop\",\"scopes\":[\"wallets:read\"]}")
            .expect(201);
    var path = created.header("Location");
    at.client.get(path).expect(200);
    at.client.call("POST", path + "/rotate", null).expect(200);
    at.client.call("POST", path + "/rotate", "{\"overlap_seconds\":0}").expect(200);
    var page = at.client.get("/api/v1/api-keys?limit=1").expect(200);
    at.client.get("/api/v1/api-keys?cursor=" + page.text("next_cursor")).expect(200);
    at.client.call("POST", path + "/revoke", null).expect(200);
    at.client.call("POST", path + "/revoke", "{}").expect(200);
    at.client.call("DELETE", path, null).expect(200);
    at.client.call("POST", path + "/rotate", null).expect(409);
  }

  void auditEntries() {
    var page = at.client.get("/api/v1/audit-entries?limit=2&action=sync_balance").expect(200);
    at.client
        .get("/api/v1/audit-entries?action=sync_balance&cursor=" + page.text("next_cursor"))
        .expect(200);
    at.unsigned("/api/v1/wallets").expect(401);
    assertThat(at.client.get("/api/v1/audit-entries?limit=100").expect(200).json().get("data"))
        .hasSizeGreaterThan(20);
  }

  /** What only a key that is not allowed everything is told. */
  void beyondOwnRights(String connection) {
    var limited =
        at.client.as(
            at.key(
                at.client.call(
                    "POST",
                    "/api/v1/api-keys",
                    "{\"name\":\"x\",\"scopes\":[\"connections:write\",\"keys:write\"],"
                        + "\"connection_ids\":[\"%s\"]}".formatted(connection))));
    assertThat(limited.call("POST", "/api/v1/connections", "{}").expect(403).problem())
        .isEqualTo("beyond-own-rights");
    assertThat(
            limited
                .call("POST", "/api/v1/api-keys", "{\"name\":\"x\",\"scopes\":[\"audit:read\"]}")
                .expect(403)
                .problem())
        .isEqualTo("beyond-own-rights");
  }
}
