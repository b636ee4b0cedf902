package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

/** Walks over the events that providers sent. */
record EventWalks(TwoConnections at, Walks walks) implements Walk {
  @Override
  public void lay() {
    var path = "/api/v1/provider-events";
    walks.on(
        "GET " + path,
        () -> {
          assertThat(Walks.ids(at.limited.get(path), "event_id")).containsExactly(at.ownEvent);
          assertThat(Walks.ids(at.limited.get(path + "?connection_id=" + at.other), "event_id"))
              .isEmpty();
        });
    walks.on(
        "GET " + path + "/{event_id}",
        () -> {
          at.limited.get(path + "/" + at.ownEvent).expect(200);
          at.looksLikeNowhere("GET", path + "/%s", at.otherEvent, null);
        });
    walks.on(
        "POST " + path + "/{event_id}/replay",
        () -> {
          at.limited.post(path + "/" + at.ownEvent + "/replay", "{}").expect(200);
          at.looksLikeNowhere("POST", path + "/%s/replay", at.otherEvent, "{}");
        });
    walks.on(
        "POST " + path + "/replay",
        () -> {
          var body = "{\"connection_id\":\"%s\",\"status\":\"failed\"}";
          at.limited.post(path + "/replay", body.formatted(at.own)).expect(200);
          var refused = at.limited.post(path + "/replay", body.formatted(at.other)).expect(404);
          assertThat(refused.body())
              .isEqualTo(
                  at.limited.post(path + "/replay", body.formatted(UUID.randomUUID())).body());
        });
  }
}
