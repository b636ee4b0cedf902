package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.ToldEvents;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Walks over the feed of events, of what was there before, and of what happens meanwhile. */
record FeedWalks(TwoConnections at, Walks walks) implements Walk {
  @Override
  public void lay() {
    walks.on(
        "GET /api/v1/events",
        () -> {
          var path = "/api/v1/events?limit=100";
          assertThat(Walks.ids(at.limited.get(path), "wallet_id")).containsOnly(at.ownWallet);
          assertThat(Walks.ids(at.limited.get(path + "&wallet_id=" + at.otherWallet), "wallet_id"))
              .isEmpty();
        });
    walks.on(
        "GET /api/v1/events/stream",
        () -> {
          var told = new ToldEvents(at.server);
          var mine = new WalletId(UUID.fromString(at.own));
          try (var stream = at.limited.listen("/api/v1/events/stream", Map.of())) {
            Eventually.within(TwoConnections.SOON, "the history", () -> !stream.events().isEmpty());
            told.tell(
                List.of(
                    ToldEvents.aboutNone(1),
                    ToldEvents.about(new WalletId(UUID.fromString(at.other)), 2, ""),
                    ToldEvents.about(mine, 3, "")));
            Eventually.within(
                TwoConnections.SOON,
                "the newest event",
                () -> stream.events().getLast().json().at("/data/number").asString("").equals("3"));

            assertThat(stream.events())
                .extracting(event -> event.json().get("connection_id").asString())
                .containsOnly(at.own);
          }
        });
  }
}
