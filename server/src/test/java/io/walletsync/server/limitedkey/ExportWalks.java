package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

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
        () ->
            assertThat(at.limited.get("/api/v1/exports/movements").expect(200).body())
                .contains(at.ownWallet)
                .doesNotContain(at.otherWallet));
    walks.on(
        "GET /api/v1/exports/snapshots",
        () -> {
          var rows = at.limited.get("/api/v1/exports/snapshots").expect(200).body();
          assertThat(rows).contains(at.ownWallet).doesNotContain(at.otherWallet);
          for (var filter :
              new String[] {"wallet_id=" + at.otherWallet, "connection_id=" + at.other}) {
            assertThat(
                    at.limited
                        .get("/api/v1/exports/snapshots?" + filter)
                        .expect(200)
                        .body()
                        .lines())
                .hasSize(1);
          }
          var after = "/api/v1/exports/snapshots?after=" + at.otherWallet + ",2026-01-01T00:00:00Z";
          assertThat(at.limited.get(after).expect(200).body()).doesNotContain(at.otherWallet);
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
