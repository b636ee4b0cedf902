package io.walletsync.server.provider.simulator.flutterwave;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walletsync.server.provider.simulator.Answer;
import io.walletsync.server.provider.simulator.Notification;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers and webhooks as API v3 writes them. */
final class V3WireFormat {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.'000Z'").withZone(ZoneOffset.UTC);

  private V3WireFormat() {}

  static Answer no(int status, String message) {
    return Answer.json(status, envelope("error", message).putNull("data"));
  }

  static Answer balances(Map<String, Pots> wallets) {
    var envelope = envelope("success", "Wallet balances fetched");
    var data = envelope.putArray("data");
    wallets.forEach((currency, pots) -> put(data.addObject(), currency, pots));
    return Answer.json(200, envelope);
  }

  static Answer balance(String message, String currency, Pots pots) {
    var envelope = envelope("success", message);
    put(envelope.putObject("data"), currency, pots);
    return Answer.json(200, envelope);
  }

  static Notification charge(
      String hash, long id, String currency, BigDecimal amount, Instant when) {
    var event = MAPPER.createObjectNode().put("event", "charge.completed");
    event
        .putObject("data")
        .put("id", id)
        .put("tx_ref", "order-" + id)
        .put("flw_ref", "FLW" + id)
        .put("amount", number(amount))
        .put("currency", currency)
        .put("charged_amount", number(amount))
        .put("app_fee", 0)
        .put("merchant_fee", 0)
        .put("status", "successful")
        .put("payment_type", "card")
        .put("created_at", TIME.format(when));
    return notification(hash, event);
  }

  static Notification transfer(
      String hash, long id, String currency, BigDecimal amount, Instant when) {
    var event =
        MAPPER.createObjectNode().put("event", "transfer.completed").put("event.type", "Transfer");
    event
        .putObject("data")
        .put("id", id)
        .put("created_at", TIME.format(when))
        .put("currency", currency)
        .put("debit_currency", currency)
        .put("amount", number(amount))
        .put("fee", 0)
        .put("status", "SUCCESSFUL")
        .put("reference", "payout-" + id)
        .put("complete_message", "Successful");
    return notification(hash, event);
  }

  /** Without the zeros that JSON does not need, and never with an exponent. */
  static BigDecimal number(BigDecimal amount) {
    var shortest = amount.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  private static void put(ObjectNode entry, String currency, Pots pots) {
    entry
        .put("currency", currency)
        .put("available_balance", number(pots.available()))
        .put("ledger_balance", number(pots.collected()));
  }

  private static Notification notification(String hash, ObjectNode event) {
    return new Notification(Map.of("verif-hash", hash), event.toString().getBytes(UTF_8));
  }

  private static ObjectNode envelope(String status, String message) {
    return MAPPER.createObjectNode().put("status", status).put("message", message);
  }
}
