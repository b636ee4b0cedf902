package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

/** Walks over payouts that are asked for, confirmed and released. */
record PayoutWalks(TwoConnections at, Walks walks) implements Walk {
  @Override
  public void lay() {
    var path = "/api/v1/wallets/%s";
    var route = "/api/v1/wallets/{wallet_id}";
    walks.on(
        "POST " + route + "/can-pay",
        () -> {
          var ask = "{\"amount\":\"1\",\"reference\":\"x\",\"reserve\":true,\"max_age\":\"PT0S\"}";
          at.looksLikeNowhere("POST", path + "/can-pay", at.otherWallet, ask);
          at.limited.post(path.formatted(at.ownWallet) + "/can-pay", ask).expect(200);
        });
    for (var verb : new String[] {"confirm", "release"}) {
      var body = verb.equals("confirm") ? "{}" : "{\"note\":\"x\"}";
      walks.on(
          "POST " + route + "/reservations/{reservation_id}/" + verb,
          () -> {
            var rest = "/reservations/" + at.otherReservation + "/" + verb;
            at.looksLikeNowhere("POST", path + rest, at.otherWallet, body);
            assertThat(
                    at.limited
                        .post(path.formatted(at.ownWallet) + rest, body)
                        .expect(404)
                        .problem())
                .isEqualTo("reservation-not-found");
          });
    }
    walks.on(
        "GET " + route + "/reservations",
        () -> at.looksLikeNowhere("GET", path + "/reservations", at.otherWallet, null));
  }
}
