package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

/** Walks over all that is written as a whole file. */
record ExportWalks(TwoConnections at, Walks walks) implements Walk {
  @Override
  public void lay() {
    files();
    ofOneWallet();
  }

  private void files() {
    at.database
        .look()
        .sql(
            """
            insert into provider_movement (
                     wallet_id, movement_key, occurred_at, currency, difference, metadata,
                     imported_at)
            select wallet_id, 'export', now(), currency, 1, '{}', now() from wallet
            """)
        .update();
    walks.on(
        "GET /api/v1/exports/movements",
        () -> {
          assertThat(at.limited.get("/api/v1/exports/movements").expect(200).body())
              .contains(at.ownWallet)
              .doesNotContain(at.otherWallet);
          at.looksLikeNowhere(
              "GET", "/api/v1/exports/movements?wallet_id=%s", at.otherWallet, null);
        });
    walks.on(
        "GET /api/v1/exports/snapshots",
        () -> {
          var rows = at.limited.get("/api/v1/exports/snapshots").expect(200).body();
          assertThat(rows).contains(at.ownWallet).doesNotContain(at.otherWallet);
          var others =
              at.limited.get("/api/v1/exports/snapshots?connection_id=" + at.other).expect(200);
          assertThat(others.body().lines()).hasSize(1);
          at.looksLikeNowhere(
              "GET", "/api/v1/exports/snapshots?wallet_id=%s", at.otherWallet, null);
          var after = "/api/v1/exports/snapshots?after=%s,2026-01-01T00:00:00Z";
          var foreign = at.limited.get(after.formatted(at.otherWallet)).expect(400).body();
          assertThat(foreign)
              .doesNotContain(at.otherWallet)
              .isEqualTo(at.limited.get(after.formatted(UUID.randomUUID())).expect(400).body());
        });
  }

  private void ofOneWallet() {
    var path = "/api/v1/wallets/%s";
    for (var route : new String[] {"/analytics/export", "/statement"}) {
      walks.on(
          "GET /api/v1/wallets/{wallet_id}" + route,
          () -> {
            at.limited.get(path.formatted(at.ownWallet) + route).expect(200);
            at.looksLikeNowhere("GET", path + route, at.otherWallet, null);
          });
    }
  }
}
