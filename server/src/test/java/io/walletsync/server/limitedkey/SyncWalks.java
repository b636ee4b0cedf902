package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import java.util.UUID;

/** Walks over a sync of one wallet, and of a run over many. */
record SyncWalks(TwoConnections at, Walks walks) implements Walk {
  @Override
  public void lay() {
    sync();
    runs();
  }

  private void sync() {
    var path = "/api/v1/wallets/%s";
    walks.on(
        "POST /api/v1/wallets/{wallet_id}/sync-balance",
        () -> {
          at.limited.sync(at.ownWallet).expect(200);
          at.looksLikeNowhere("POST", path + "/sync-balance", at.otherWallet, "{}");
          var keyed = ApiClient.randomKey();
          at.limited.sync(at.otherWallet, keyed).expect(404);
          // and the key it came with was not spent on it
          at.limited.sync(at.ownWallet, keyed).expect(200);
        });
  }

  private void runs() {
    var path = "/api/v1/sync-runs";
    walks.on(
        "POST " + path,
        () -> {
          var calls = at.paystack.calls(TwoConnections.OTHER_SECRET);
          at.run(at.limited, "{\"all\":true}");
          at.run(at.limited, "{\"provider\":\"paystack\"}");
          assertThat(at.paystack.calls(TwoConnections.OTHER_SECRET)).isEqualTo(calls);
          var body = "{\"filter\":{\"connection_id\":\"%s\"}}";
          var refused = at.limited.post(path, body.formatted(at.other)).expect(400);
          assertThat(refused.body())
              .isEqualTo(at.limited.post(path, body.formatted(UUID.randomUUID())).body());
        });
    walks.on(
        "GET " + path,
        () ->
            assertThat(Walks.ids(at.limited.get(path), "run_id"))
                .isNotEmpty()
                .doesNotContain(
                    at.otherRun, at.run(at.server.client(), "{\"owner_id\":\"nobody\"}")));
    walks.on(
        "GET " + path + "/{run_id}",
        () -> at.looksLikeNowhere("GET", path + "/%s", at.otherRun, null));
    walks.on(
        "GET " + path + "/{run_id}/failures",
        () -> at.looksLikeNowhere("GET", path + "/%s/failures", at.otherRun, null));
    walks.on(
        "POST " + path + "/{run_id}/cancel",
        () -> at.looksLikeNowhere("POST", path + "/%s/cancel", at.otherRun, "{}"));
  }
}
