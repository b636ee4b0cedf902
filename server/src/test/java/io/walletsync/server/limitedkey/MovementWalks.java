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
        "POST /api/v1/wallets/{wallet_id}/import-movements",
        () -> {
          var requests = at.paystack.requests(TwoConnections.OTHER_SECRET);
          at.looksLikeNowhere("POST", path + "/import-movements", at.otherWallet, "{}");
          assertThat(at.paystack.requests(TwoConnections.OTHER_SECRET)).isEqualTo(requests);
        });
  }
}
