package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

/** Walks over wallets. */
record WalletWalks(TwoConnections at, Walks walks) implements Walk {
  @Override
  public void lay() {
    var path = "/api/v1/wallets";
    walks.on(
        "GET " + path,
        () -> {
          assertThat(Walks.ids(at.limited.get(path), "wallet_id")).containsExactly(at.ownWallet);
          assertThat(Walks.ids(at.limited.get(path + "?currency=NGN"), "wallet_id"))
              .containsExactly(at.ownWallet);
          assertThat(Walks.ids(at.limited.get(path + "?connection_id=" + at.other), "wallet_id"))
              .isEmpty();
        });
    walks.on(
        "POST " + path,
        () -> {
          var body = "{\"connection_id\":\"%s\",\"currency\":\"NGN\"}";
          at.limited.post(path, body.formatted(at.own)).expect(200);
          var refused = at.limited.post(path, body.formatted(at.other)).expect(400);
          assertThat(refused.body())
              .isEqualTo(at.limited.post(path, body.formatted(UUID.randomUUID())).body());
        });
    walks.on(
        "GET " + path + "/{wallet_id}",
        () -> {
          at.limited.get(path + "/" + at.ownWallet).expect(200);
          at.looksLikeNowhere("GET", path + "/%s", at.otherWallet, null);
        });
    walks.on(
        "PATCH " + path + "/{wallet_id}",
        () -> {
          at.limited.patch(path + "/" + at.ownWallet, "{\"status\":\"paused\"}").expect(200);
          at.looksLikeNowhere("PATCH", path + "/%s", at.otherWallet, "{\"status\":\"paused\"}");
        });
    walks.on(
        "DELETE " + path + "/{wallet_id}",
        () -> at.looksLikeNowhere("DELETE", path + "/%s", at.otherWallet, null));
  }
}
