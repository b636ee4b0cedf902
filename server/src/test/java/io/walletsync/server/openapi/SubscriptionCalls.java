package io.walletsync.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.Eventually;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Calls of the routes of subscriptions and what was delivered to them. */
record SubscriptionCalls(DescribedServer at) {
  private static final String MANY_SUBSCRIPTIONS =
      """
      insert into subscription (
               subscription_id, name, channel, target, sealed_by, filter, state, disabled_reason,
               since_epoch, since_transaction, since_event, created_at, updated_at)
      select gen_random_uuid(), 'one of many', 'WEBHOOK', '', '', '{}', 'DISABLED', 'GONE', 0, '0',
             gen_random_uuid(), now(), now()
        from generate_series(1, 200)
      """;

  void all(String wallet) {
    var path = "/api/v1/webhook-subscriptions";
    var body =
        """
        {"name": "Ledger", "channel": {"type": "webhook", "url": "%s"},
         "filter": {"events": ["balance.changed"], "wallet_ids": ["%s"], "metadata": {}}}
        """
            .formatted(at.receiver.url(), wallet);
    var made = at.client.call("POST", path, body).expect(201);
    var one = made.header("Location");
    var email = "{\"name\":\"x\",\"channel\":{\"type\":\"email\",\"to\":[\"ops@example.com\"]}}";
    at.client.call("POST", path, email).expect(422);
    at.client.get(one).expect(200);
    at.client.call("PATCH", one, "{\"name\":\"Books\",\"status\":\"active\"}").expect(200);
    var slack = "{\"type\":\"slack\",\"url\":\"https://hooks.example.com/x\"}";
    at.client.call("PATCH", one, "{\"channel\":" + slack + "}").expect(422);
    at.client.call("POST", one + "/rotate-secret", "{\"overlap_seconds\":60}").expect(200);
    at.client.call("POST", one + "/ping", "{}").expect(200);
    at.paystack.has(DescribedServer.SECRET, "NGN", 77);
    at.client.call("POST", "/api/v1/wallets/" + wallet + "/sync-balance", null).expect(200);
    Eventually.within(
        Duration.ofSeconds(20), "a message", () -> at.receiver.received().size() == 2);
    checkMessage(at.receiver.received().getLast().body());
    var deliveries = at.client.get(one + "/deliveries?limit=1").expect(200);
    var delivery = one + "/deliveries/" + deliveries.json().at("/data/0/delivery_id").asString();
    at.client.get(delivery).expect(200);
    at.client.call("POST", delivery + "/replay", "{}").expect(202);
    at.client
        .call(
            "POST",
            one + "/replay",
            "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"}")
        .expect(202);
    at.database
        .look()
        .sql("update subscription set state = 'DISABLED', disabled_reason = 'GONE'")
        .update();
    at.client.call("PATCH", one, "{\"status\":\"active\"}").expect(409);
    at.client.call("POST", delivery + "/replay", "{}").expect(409);
    at.client
        .call(
            "POST",
            one + "/replay",
            "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"}")
        .expect(409);
    at.client.call("POST", one + "/enable", "{}").expect(200);
    var key = ApiClient.randomKey();
    var once = at.client.call("POST", path, key, Map.of(), body).expect(201).header("Location");
    at.client.call("POST", path, key, Map.of(), body).expect(200);
    at.client.call("DELETE", once, null).expect(204);
    at.client.call("POST", path, key, Map.of(), body).expect(404);
    var room =
        at.client
            .call("POST", path, "{\"name\":\"Room\",\"channel\":" + slack + "}")
            .expect(201)
            .header("Location");
    at.client.call("POST", room + "/rotate-secret", "{}").expect(409);
    at.client.get(path + "?limit=1&status=active").expect(200);
    at.database.look().sql(MANY_SUBSCRIPTIONS).update();
    at.client.call("POST", path, body).expect(409);
    at.database.look().sql("delete from subscription where name = 'one of many'").update();
    at.client.call("DELETE", room, null).expect(204);
    at.client.call("DELETE", one, null).expect(204);
  }

  private void checkMessage(String body) {
    var schema = at.description.document().at("/components/schemas/WebhookMessage");
    assertThat(at.description.errors(schema, JsonMapper.shared().readTree(body))).isEmpty();
  }
}
