package io.walletsync.server.stress;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.PaystackWebhooks;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection with its wallet, and how its provider proves what it announces. */
record StormAccount(String connection, String wallet, Sender sender) {
  private static final String HASH = "a-hash-of-our-own";

  /** Sends the event of that number, always in the same bytes. */
  interface Sender {
    Answer send(String connection, long number);
  }

  Answer announce(long number) {
    return sender.send(connection, number);
  }

  static StormAccount slow(
      ApiClient client, URI server, StormProviders providers, int number, Duration delay) {
    var secretKey = "sk_test_storm_" + number;
    providers.addSlow(secretKey, delay);
    var connection = client.connect(secretKey);
    return new StormAccount(
        connection,
        client.register(connection, "NGN"),
        (id, event) ->
            new PaystackWebhooks(server).send(id, secretKey, PaystackWebhooks.charge(event, 5)));
  }

  static StormAccount failing(ApiClient client, URI server, StormProviders providers, int number) {
    var secretKey = "FLWSECK_TEST-storm-" + number;
    providers.addFailing(secretKey);
    var connection =
        connect(
            client,
            """
            {"provider":"flutterwave","api_version":"v3","name":"Failing","credentials":{
              "secret_key":"%s","webhook_secret_hash":"%s"}}"""
                .formatted(secretKey, HASH));
    return new StormAccount(
        connection,
        client.register(connection, "NGN"),
        (id, event) ->
            send(
                server.resolve("/webhooks/flutterwave/" + id),
                "verif-hash",
                HASH,
                "{\"event\":\"charge.completed\",\"data\":{\"id\":%d,\"currency\":\"NGN\"}}"
                    .formatted(event)));
  }

  static StormAccount healthy(ApiClient client, URI server, StormProviders providers, int number) {
    var business = "64f1c9ef838af8cda03%05d".formatted(number);
    var account = providers.addHealthy("fk_test_storm_" + number, business);
    var connection =
        connect(
            client,
            """
            {"provider":"fincra","environment":"sandbox","name":"Healthy","credentials":{
              "business_id":"%s","api_key":"fk_test_storm_%d","webhook_secret":"storm-%d"}}"""
                .formatted(business, number, number));
    var wallet =
        client
            .post(
                "/api/v1/wallets",
                "{\"connection_id\":\"%s\",\"currency\":\"NGN\",\"provider_account_id\":\"%d\"}"
                    .formatted(connection, account))
            .expect(201)
            .text("wallet_id");
    return new StormAccount(
        connection,
        wallet,
        (id, event) -> {
          var body =
              "{\"event\":\"collection.successful\",\"data\":{\"reference\":\"storm-%d\",\"destinationCurrency\":\"NGN\"}}"
                  .formatted(event);
          var proof =
              PaystackWebhooks.signature("storm-" + number, body.getBytes(StandardCharsets.UTF_8));
          return send(server.resolve("/webhooks/fincra/" + id), "signature", proof, body);
        });
  }

  private static String connect(ApiClient client, String body) {
    return client.post("/api/v1/connections", body).expect(201).text("connection_id");
  }

  private static Answer send(URI address, String header, String proof, String body) {
    return ApiClient.send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header(header, proof)
            .POST(BodyPublishers.ofString(body))
            .build());
  }
}
