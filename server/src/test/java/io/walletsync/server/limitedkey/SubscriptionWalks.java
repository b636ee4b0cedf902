package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

/** Walks over subscriptions and what was delivered to them. */
record SubscriptionWalks(TwoConnections at, Walks walks) implements Walk {
  @Override
  public void lay() {
    var path = "/api/v1/webhook-subscriptions";
    walks.on(
        "POST " + path,
        () ->
            assertThat(at.subscribe(at.limited).expect(201).json().get("connection_ids").toString())
                .isEqualTo("[\"" + at.own + "\"]"));
    walks.on(
        "GET " + path,
        () -> {
          var made = at.subscribe(at.limited).expect(201).text("subscription_id");
          assertThat(Walks.ids(at.limited.get(path), "subscription_id"))
              .contains(made)
              .doesNotContain(at.otherSubscription);
          assertThat(at.limited.get(path).json().get("data").valueStream())
              .allSatisfy(it -> assertThat(it.get("connection_ids").isNull()).isFalse());
        });
    var one = path + "/%s";
    walks.on(
        "GET " + path + "/{subscription_id}",
        () -> at.looksLikeNowhere("GET", one, at.otherSubscription, null));
    walks.on(
        "PATCH " + path + "/{subscription_id}",
        () -> at.looksLikeNowhere("PATCH", one, at.otherSubscription, "{\"status\":\"paused\"}"));
    walks.on(
        "DELETE " + path + "/{subscription_id}",
        () -> at.looksLikeNowhere("DELETE", one, at.otherSubscription, null));
    for (var verb : new String[] {"enable", "rotate-secret", "ping"}) {
      walks.on(
          "POST " + path + "/{subscription_id}/" + verb,
          () -> at.looksLikeNowhere("POST", one + "/" + verb, at.otherSubscription, "{}"));
    }
    walks.on(
        "POST " + path + "/{subscription_id}/replay",
        () ->
            at.looksLikeNowhere(
                "POST",
                one + "/replay",
                at.otherSubscription,
                "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"}"));
    walks.on(
        "GET " + path + "/{subscription_id}/deliveries",
        () -> at.looksLikeNowhere("GET", one + "/deliveries", at.otherSubscription, null));
    var delivery = one + "/deliveries/" + UUID.randomUUID();
    walks.on(
        "GET " + path + "/{subscription_id}/deliveries/{delivery_id}",
        () -> at.looksLikeNowhere("GET", delivery, at.otherSubscription, null));
    walks.on(
        "POST " + path + "/{subscription_id}/deliveries/{delivery_id}/replay",
        () -> at.looksLikeNowhere("POST", delivery + "/replay", at.otherSubscription, "{}"));
  }
}
