package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import io.walletsync.server.webhook.StubReceiver;
import io.walletsync.server.webhook.StubReceiver.Received;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A server is killed while it tells others what happens. They hear of everything all the same. */
class KilledDeliveriesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestDatabase database = TestDatabase.create();

  @Test
  void whoKnowsIdsHasEveryEventExactlyOnceAfterThreeKills() {
    try (var paystack = new StubPaystack();
        var receiver = new StubReceiver()) {
      var environment = new HashMap<>(TestServer.environment(database, paystack.url()));
      environment.put("WALLETSYNC_WEBHOOKS_ALLOW_LOCAL", "true");
      try (var server = KilledServer.start(environment, paystack)) {
        server
            .client()
            .post(
                "/api/v1/webhook-subscriptions",
                """
                {"name": "All", "channel": {"type": "webhook", "url": "%s"}}
                """
                    .formatted(receiver.url()))
            .expect(201);

        for (var i = 0; i < 3; i++) {
          server.killUnderLoad();
          endLeases();
        }

        Eventually.within(
            PATIENCE, "all is delivered", () -> ids(receiver.received()).equals(happened()));
        requireOneTextEach(receiver.received());
        Eventually.within(
            PATIENCE, "all is noted", () -> count("state = 'DELIVERED'") == happened().size());
        assertThat(count("state <> 'DELIVERED'")).isZero();
      }
    }
  }

  /** Or the test would have to wait for them. */
  private void endLeases() {
    database.look().sql("update outbox_bookmark set lease_until = '-infinity'").update();
    database.look().sql("update delivery set due_at = now() where state = 'WAITING'").update();
  }

  private Set<String> happened() {
    return database
        .look()
        .sql("select event_id::text from outbox_event")
        .query((row, _) -> row.getString(1))
        .set();
  }

  private int count(String which) {
    return database
        .look()
        .sql("select count(*) from delivery where " + which)
        .query(Integer.class)
        .single();
  }

  private static Set<String> ids(List<Received> received) {
    return received.stream().map(it -> it.header("webhook-id")).collect(Collectors.toSet());
  }

  private static void requireOneTextEach(List<Received> received) {
    var texts =
        received.stream()
            .collect(
                Collectors.groupingBy(
                    it -> it.header("webhook-id"),
                    Collectors.mapping(Received::body, Collectors.toSet())));
    assertThat(texts).isNotEmpty().allSatisfy((_, each) -> assertThat(each).hasSize(1));
  }
}
