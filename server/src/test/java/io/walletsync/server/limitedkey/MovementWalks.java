package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

/** Walks over what moved a wallet. */
record MovementWalks(TwoConnections at, Walks walks) implements Walk {
  @Override
  public void lay() {
    var path = "/api/v1/wallets/%s";
    for (var what : new String[] {"movements", "explained-changes", "movement-coverage"}) {
      walks.on(
          "GET /api/v1/wallets/{wallet_id}/" + what,
          () -> {
            at.limited.get(path.formatted(at.ownWallet) + "/" + what).expect(200);
            at.looksLikeNowhere("GET", path + "/" + what, at.otherWallet, null);
          });
    }
    walks.on(
        "GET /api/v1/unexplained-wallets",
        () -> {
          at.database
              .look()
              .sql(
                  """
                  insert into movement_import (
                           wallet_id, failures, unexplained_changes, unexplained_amount,
                           unexplained_in)
                  select wallet_id, 0, 1, 1, currency from wallet
                      on conflict (wallet_id) do update
                     set unexplained_changes = 1, unexplained_in = excluded.unexplained_in
                  """)
              .update();
          assertThat(at.limited.get("/api/v1/unexplained-wallets").expect(200).body())
              .contains(at.ownWallet)
              .doesNotContain(at.otherWallet);
        });
    walks.on(
        "POST /api/v1/wallets/{wallet_id}/import-movements",
        () -> {
          var requests = at.paystack.requests(TwoConnections.OTHER_SECRET);
          at.looksLikeNowhere("POST", path + "/import-movements", at.otherWallet, "{}");
          assertThat(at.paystack.requests(TwoConnections.OTHER_SECRET)).isEqualTo(requests);
        });
  }
}
