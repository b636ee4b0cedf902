package io.walletsync.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.server.support.Eventually;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Calls of the routes of the feed and the stream of events. */
record FeedCalls(DescribedServer at) {
  /** The feed, and a stream that ends because its key does. */
  void all(String wallet) throws Exception {
    at.client.get("/api/v1/events?limit=100&wallet_id=" + wallet).expect(200);
    var target = "/api/v1/events/stream?wallet_id=" + wallet;
    var created =
        at.client.call(
            "POST", "/api/v1/api-keys", "{\"name\":\"x\",\"scopes\":[\"wallets:read\"]}");
    var heard = Concurrently.supply(() -> at.key(created).get(target));
    Eventually.within(
        Duration.ofSeconds(20),
        "the start of a stream",
        () -> at.unsigned("/actuator/prometheus").body().contains("event_streams_open 1.0"));
    at.client.call("DELETE", "/api/v1/api-keys/" + created.text("api_key_id"), null).expect(200);
    var whole = at.client.saw("GET", target, null, heard.get(20, TimeUnit.SECONDS).expect(200));
    assertThat(whole.body()).startsWith("retry: ").contains("\nevent: balance.changed\ndata: {");
  }
}
