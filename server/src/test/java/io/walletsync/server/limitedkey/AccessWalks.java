package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

/** Walks over API keys and the audit trail. */
record AccessWalks(TwoConnections at, Walks walks) implements Walk {
  @Override
  public void lay() {
    keys();
    audit();
  }

  private void keys() {
    var path = "/api/v1/api-keys";
    var stronger =
        at.server.client().get(path).expect(200).json().at("/data/0/api_key_id").asString();
    walks.on(
        "POST " + path,
        () -> {
          assertThat(at.createKey(at.limited, at.other).expect(403).problem())
              .isEqualTo("beyond-own-rights");
          var handedOn = at.limited.post(path, "{\"name\":\"x\",\"scopes\":[\"wallets:read\"]}");
          assertThat(handedOn.expect(201).json().get("connection_ids").toString())
              .isEqualTo("[\"" + at.own + "\"]");
        });
    walks.on(
        "GET " + path,
        () ->
            assertThat(Walks.ids(at.limited.get(path), "api_key_id"))
                .contains(at.ownKey)
                .doesNotContain(at.otherKey, stronger));
    for (var elsewhere : new String[] {at.otherKey, stronger}) {
      walks.on(
          "GET " + path + "/{api_key_id}",
          () -> at.looksLikeNowhere("GET", path + "/%s", elsewhere, null));
      walks.on(
          "DELETE " + path + "/{api_key_id}",
          () -> at.looksLikeNowhere("DELETE", path + "/%s", elsewhere, null));
      for (var verb : new String[] {"rotate", "revoke"}) {
        walks.on(
            "POST " + path + "/{api_key_id}/" + verb,
            () -> at.looksLikeNowhere("POST", path + "/%s/" + verb, elsewhere, "{}"));
      }
    }
  }

  private void audit() {
    walks.on(
        "GET /api/v1/audit-entries",
        () -> {
          var path = "/api/v1/audit-entries";
          var entries = at.limited.get(path + "?limit=100").expect(200);
          assertThat(Walks.ids(entries, "connection_id")).isNotEmpty().containsOnly(at.own);
          for (var subject : new String[] {at.other, at.otherWallet, at.otherKey}) {
            assertThat(
                    at.limited.get(path + "?subject_id=" + subject).expect(200).json().get("data"))
                .isEmpty();
          }
        });
  }
}
