package io.walletsync.server.openapi;

import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.PaystackWebhooks;
import java.util.UUID;
import java.util.stream.IntStream;

/** Calls of the routes of the events that providers sent, and of the one they send them to. */
record EventCalls(DescribedServer at) {
  void all(String connection) {
    var webhooks = new PaystackWebhooks(at.server.address());
    var target = "/webhooks/paystack/" + connection;
    for (var id = 1; id <= 2; id++) {
      var body = PaystackWebhooks.charge(id, 5);
      at.client.saw(
          "POST",
          target,
          body,
          webhooks.send(connection, DescribedServer.SECRET, body).expect(200));
      at.client.saw(
          "POST",
          target,
          body,
          webhooks.send(connection, DescribedServer.SECRET, body).expect(200));
    }
    var nothing = new byte[0];
    at.client.saw("POST", target, null, send(webhooks, connection, nothing).expect(401));
    at.client.saw(
        "POST", target, null, send(webhooks, connection, new byte[1_048_577]).expect(413));
    var answers =
        IntStream.range(0, 130).mapToObj(_ -> send(webhooks, connection, nothing)).toList();
    var limited = answers.stream().filter(answer -> answer.status() == 429).findFirst();
    at.client.saw("POST", target, null, limited.orElseThrow());

    var path = "/api/v1/provider-events";
    var page = at.client.get(path + "?limit=1&connection_id=" + connection).expect(200);
    at.client.get(path + "?cursor=" + page.text("next_cursor")).expect(200);
    at.client.get(path + "?status=waiting").expect(200);
    var event = path + "/" + page.json().at("/data/0/event_id").asString();
    at.client.get(event).expect(200);
    at.client.call("POST", event + "/replay", "{}").expect(200);
    var all = "{\"connection_id\":\"%s\",\"status\":\"failed\"}";
    at.client.call("POST", path + "/replay", all.formatted(connection)).expect(200);
    at.client.call("POST", path + "/replay", all.formatted(UUID.randomUUID())).expect(404);
    removedConnection(webhooks);
  }

  private void removedConnection(PaystackWebhooks webhooks) {
    var secret = DescribedServer.SECRET + "_removed";
    var connection = at.server.client().connect(secret);
    var noise = "{\"event\":\"customeridentification.success\",\"data\":{\"id\":1}}";
    webhooks.send(connection, secret, noise).expect(200);
    var page = at.client.get("/api/v1/provider-events?connection_id=" + connection).expect(200);
    at.client.call("DELETE", "/api/v1/connections/" + connection, null).expect(204);
    var event = "/api/v1/provider-events/" + page.json().at("/data/0/event_id").asString();
    at.client.call("POST", event + "/replay", null).expect(409);
  }

  private Answer send(PaystackWebhooks webhooks, String connection, byte[] body) {
    return webhooks.send("paystack/" + connection, "forged", body);
  }
}
