package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

/** Walks over connections and what is tried out on them. */
record ConnectionWalks(TwoConnections at, Walks walks) implements Walk {
  @Override
  public void lay() {
    var path = "/api/v1/connections";
    walks.on(
        "GET " + path,
        () -> assertThat(Walks.ids(at.limited.get(path), "connection_id")).containsExactly(at.own));
    walks.on(
        "POST " + path,
        () -> {
          var answer =
              at.limited.post(
                  path,
                  "{\"provider\":\"paystack\",\"name\":\"x\",\"credentials\":{\"secret_key\":\"sk_new\"}}");
          assertThat(answer.expect(403).problem()).isEqualTo("beyond-own-rights");
        });
    walks.on(
        "GET " + path + "/{connection_id}",
        () -> {
          at.limited.get(path + "/" + at.own).expect(200);
          at.looksLikeNowhere("GET", path + "/%s", at.other, null);
        });
    walks.on(
        "PATCH " + path + "/{connection_id}",
        () -> {
          var budget = "{\"call_budget\":{\"per_day\":1000}}";
          at.limited.patch(path + "/" + at.own, budget).expect(200);
          at.looksLikeNowhere("PATCH", path + "/%s", at.other, budget);
        });
    walks.on(
        "DELETE " + path + "/{connection_id}",
        () -> {
          at.looksLikeNowhere("DELETE", path + "/%s", at.other, null);
          at.looksLikeNowhere("DELETE", path + "/%s?close_wallets=true", at.other, null);
          at.limited.delete(path + "/" + at.own).expect(409);
        });
    for (var verb : new String[] {"check", "discover"}) {
      walks.on(
          "POST " + path + "/{connection_id}/" + verb,
          () -> {
            at.limited.post(path + "/" + at.own + "/" + verb, "{}").expect(200);
            at.looksLikeNowhere("POST", path + "/%s/" + verb, at.other, "{}");
          });
    }
    walks.on(
        "PUT " + path + "/{connection_id}/credentials",
        () ->
            at.looksLikeNowhere(
                "PUT",
                path + "/%s/credentials",
                at.other,
                "{\"credentials\":{\"secret_key\":\"" + TwoConnections.OTHER_SECRET + "\"}}"));
  }
}
