package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

/** Walks over balances, their history, the sums over them and what is in doubt. */
record BalanceWalks(TwoConnections at, Walks walks) implements Walk {
  @Override
  public void lay() {
    balance();
    quarantine();
    histories();
    sums();
  }

  private void balance() {
    var path = "/api/v1/wallets/%s";
    walks.on(
        "GET /api/v1/wallets/{wallet_id}/balance",
        () -> {
          at.limited.balance(at.ownWallet).expect(200);
          at.looksLikeNowhere("GET", path + "/balance", at.otherWallet, null);
        });
  }

  private void quarantine() {
    var path = "/api/v1/quarantined-readings";
    walks.on(
        "GET " + path,
        () -> {
          assertThat(Walks.ids(at.limited.get(path), "connection_id")).containsExactly(at.own);
          assertThat(Walks.ids(at.limited.get(path + "?wallet_id=" + at.otherWallet), "wallet_id"))
              .isEmpty();
        });
    walks.on(
        "GET " + path + "/{reading_id}",
        () -> at.looksLikeNowhere("GET", path + "/%s", at.otherReading, null));
    for (var verb : new String[] {"release", "reject"}) {
      walks.on(
          "POST " + path + "/{reading_id}/" + verb,
          () -> at.looksLikeNowhere("POST", path + "/%s/" + verb, at.otherReading, "{}"));
    }
  }

  private void histories() {
    var path = "/api/v1/wallets/%s";
    walks.on(
        "GET /api/v1/wallets/{wallet_id}/snapshots/{snapshot_id}",
        () -> {
          var snapshot = at.server.client().balance(at.otherWallet).expect(200).text("snapshot_id");
          at.looksLikeNowhere("GET", path + "/snapshots/" + snapshot, at.otherWallet, null);
          at.looksLikeNowhere(
              "GET", path.formatted(at.ownWallet) + "/snapshots/%s", snapshot, null);
        });
    for (var route : new String[] {"/balance/history", "/analytics"}) {
      walks.on(
          "GET /api/v1/wallets/{wallet_id}" + route,
          () -> {
            at.limited.get(path.formatted(at.ownWallet) + route).expect(200);
            at.looksLikeNowhere("GET", path + route, at.otherWallet, null);
          });
    }
  }

  private void sums() {
    var synced = at.server.client().balance(at.otherWallet).expect(200).text("created_at");
    walks.on(
        "GET /api/v1/positions",
        () -> {
          var positions = "/api/v1/positions?group_by=connection";
          assertThat(Walks.ids(at.limited.get(positions), "connection_id")).containsExactly(at.own);
          assertThat(at.limited.get(positions + "&connection_id=" + at.other).json().get("data"))
              .isEmpty();
          assertThat(Walks.ids(at.limited.get(positions + "&at=" + synced), "connection_id"))
              .containsExactly(at.own);
        });
    walks.on(
        "GET /api/v1/analytics/changes",
        () -> {
          var changes =
              "/api/v1/analytics/changes?from=2026-01-01T00:00:00Z&to=9999-01-01T00:00:00Z&group_by=";
          assertThat(Walks.ids(at.limited.get(changes + "wallet"), "wallet_id"))
              .containsExactly(at.ownWallet);
          assertThat(Walks.ids(at.limited.get(changes + "connection"), "connection_id"))
              .containsExactly(at.own);
          assertThat(Walks.ids(at.limited.get(changes + "provider"), "wallets"))
              .containsExactly("1");
          assertThat(
                  at.limited.get(changes + "wallet&connection_id=" + at.other).json().get("data"))
              .isEmpty();
        });
  }
}
