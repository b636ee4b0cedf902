package io.walletsync.server.provider.simulator.flutterwave;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walletsync.server.provider.simulator.Answer;
import io.walletsync.server.provider.simulator.Notification;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers and webhooks as API v4 writes them. */
final class V4WireFormat {
  private static final JsonMapper MAPPER = new JsonMapper();

  private V4WireFormat() {}

  static Answer token(String token, Duration life) {
    return Answer.json(
        200,
        MAPPER
            .createObjectNode()
            .put("access_token", token)
            .put("expires_in", life.toSeconds())
            .put("refresh_expires_in", 0)
            .put("token_type", "Bearer")
            .put("not-before-policy", 0)
            .put("scope", "profile email"));
  }

  static Answer noToken(int status, String error) {
    return Answer.json(status, MAPPER.createObjectNode().put("error", error));
  }

  static Answer no(int status, String type, String code) {
    var envelope = MAPPER.createObjectNode().put("status", "failed");
    envelope
        .putObject("error")
        .put("type", type)
        .put("code", code)
        .put("message", type)
        .putArray("validation_errors");
    return Answer.json(status, envelope);
  }

  static Answer balances(Map<String, Pots> wallets) {
    var envelope = envelope("Wallet balances fetched");
    var data = envelope.putArray("data");
    wallets.forEach((currency, pots) -> put(data.addObject(), currency, pots));
    return Answer.json(200, envelope);
  }

  static Answer balance(String currency, Pots pots) {
    var envelope = envelope("Wallet balance fetched");
    put(envelope.putObject("data"), currency, pots);
    return Answer.json(200, envelope);
  }

  static Notification charge(
      String secret, long id, String currency, BigDecimal amount, Instant when) {
    var event = event(id, "charge.completed", when);
    event
        .putObject("data")
        .put("id", "chg_" + id)
        .put("amount", V3WireFormat.number(amount))
        .put("currency", currency)
        .put("reference", "order-" + id)
        .put("status", "succeeded")
        .put("created_datetime", when.toString());
    return signed(secret, event);
  }

  static Notification transfer(
      String secret, long id, String currency, BigDecimal amount, Instant when) {
    var event = event(id, "transfer.disburse", when);
    var data =
        event
            .putObject("data")
            .put("id", "trf_" + id)
            .put("source_currency", currency)
            .put("destination_currency", currency)
            .put("amount", V3WireFormat.number(amount))
            .put("reference", "payout-" + id)
            .put("status", "SUCCESSFUL")
            .put("disburse_datetime", when.toString());
    data.putObject("debit_information")
        .put("currency", currency)
        .put("actual_debit_amount", V3WireFormat.number(amount))
        .put("rate_used", 1)
        .put("vat", 0);
    return signed(secret, event);
  }

  private static ObjectNode event(long id, String type, Instant when) {
    return MAPPER
        .createObjectNode()
        .put("webhook_id", "wbk_" + id)
        .put("timestamp", when.toEpochMilli())
        .put("type", type);
  }

  private static Notification signed(String secret, ObjectNode event) {
    var body = event.toString().getBytes(UTF_8);
    var signature =
        Base64.getEncoder().encodeToString(Notification.hmac("HmacSHA256", secret, body));
    return new Notification(Map.of("flutterwave-signature", signature), body);
  }

  private static void put(ObjectNode entry, String currency, Pots pots) {
    entry.put("currency", currency).put("available_balance", V3WireFormat.number(pots.available()));
  }

  private static ObjectNode envelope(String message) {
    return MAPPER.createObjectNode().put("status", "success").put("message", message);
  }
}
