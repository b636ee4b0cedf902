package io.walletsync.server.limitedkey;

import java.util.Map;

/** Walks over planned outflows and the runway. */
record RunwayWalks(TwoConnections at, Walks walks) implements Walk {
  @Override
  public void lay() {
    var path = "/api/v1/wallets/%s";
    var route = "/api/v1/wallets/{wallet_id}";
    for (var what : new String[] {"/planned-outflows", "/runway", "/runway/health"}) {
      walks.on(
          "GET " + route + what,
          () -> at.looksLikeNowhere("GET", path + what, at.otherWallet, null));
    }
    walks.on(
        "PUT " + route + "/planned-outflows",
        () -> {
          var plan = "{\"outflows\":[]}";
          at.looksLikeNowhere("PUT", path + "/planned-outflows", at.otherWallet, plan);
          at.limited
              .send("PUT", path.formatted(at.ownWallet) + "/planned-outflows", null, Map.of(), plan)
              .expect(200);
        });
  }
}
