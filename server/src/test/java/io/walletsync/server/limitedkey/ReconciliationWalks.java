package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

/** Walks over expected balances and reconciliations. */
record ReconciliationWalks(TwoConnections at, Walks walks) implements Walk {
  @Override
  public void lay() {
    var path = "/api/v1/reconciliations";
    walks.on(
        "GET " + path,
        () -> {
          assertThat(Walks.ids(at.limited.get(path), "wallet_id"))
              .isNotEmpty()
              .containsOnly(at.ownWallet);
          assertThat(Walks.ids(at.limited.get(path + "?wallet_id=" + at.otherWallet), "wallet_id"))
              .isEmpty();
          assertThat(Walks.ids(at.limited.get(path + "?connection_id=" + at.other), "wallet_id"))
              .isEmpty();
        });
    for (var part : new String[] {"", "/comparisons"}) {
      walks.on(
          "GET " + path + "/{reconciliation_id}" + part,
          () -> at.looksLikeNowhere("GET", path + "/%s" + part, at.otherReconciliation, null));
    }
    for (var verb : new String[] {"accept", "resolve"}) {
      walks.on(
          "POST " + path + "/{reconciliation_id}/" + verb,
          () ->
              at.looksLikeNowhere(
                  "POST", path + "/%s/" + verb, at.otherReconciliation, "{\"note\":\"x\"}"));
    }
    var row = "\"amount\":\"1\",\"as_of\":\"2026-01-01T00:00:00Z\",\"reference\":\"x\"}";
    walks.on(
        "PUT /api/v1/wallets/{wallet_id}/expected-balance",
        () ->
            at.looksLikeNowhere(
                "PUT", "/api/v1/wallets/%s/expected-balance", at.otherWallet, "{" + row));
    walks.on(
        "POST /api/v1/expected-balances",
        () -> {
          var many = "{\"expected_balances\":[{\"wallet_id\":\"%s\"," + row + "]}";
          var nowhere = UUID.randomUUID().toString();
          var answer = at.limited.post("/api/v1/expected-balances", many.formatted(at.otherWallet));
          assertThat(answer.expect(422).body().replace(at.otherWallet, nowhere))
              .isEqualTo(
                  at.limited.post("/api/v1/expected-balances", many.formatted(nowhere)).body());
          at.limited.post("/api/v1/expected-balances", many.formatted(at.ownWallet)).expect(200);
        });
  }
}
