package io.walletsync.server.provider.simulator.fincra;

import io.walletsync.server.provider.simulator.Answer;
import io.walletsync.server.provider.simulator.Notification;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers and webhooks as Fincra writes them: amounts are numbers in major units. */
final class WireFormat {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final long FIRST_WALLET_NUMBER = 100_000_000_000_000L;

  private WireFormat() {}

  /** What the gateway says, before the application is asked. */
  static Answer gateway(int status, String message) {
    return Answer.json(
        status,
        MAPPER.createObjectNode().put("message", message).put("request_id", "9fd0487056e1d44d"));
  }

  static Answer no(int status, String error, String errorType) {
    return Answer.json(
        status,
        MAPPER
            .createObjectNode()
            .put("success", false)
            .put("error", error)
            .put("errorType", errorType));
  }

  static Answer wallets(List<SimulatedWallet> wallets) {
    var envelope = envelope("Wallets fetched successfully");
    var data = envelope.putArray("data");
    wallets.forEach(wallet -> wallet(data.addObject(), wallet));
    return Answer.json(200, envelope);
  }

  static Answer wallet(SimulatedWallet wallet) {
    var envelope = envelope("Wallet fetched successfully");
    wallet(envelope.putObject("data"), wallet);
    return Answer.json(200, envelope);
  }

  static Answer log(List<LogEntry> newestFirst, int perPage, int page) {
    var envelope = envelope("Wallet logs fetched successfully");
    var data = envelope.putObject("data");
    var results = data.putArray("results");
    newestFirst.stream()
        .skip((page - 1L) * perPage)
        .limit(perPage)
        .forEach(entry -> row(results.addObject(), entry));
    data.put("total", newestFirst.size());
    return Answer.json(200, envelope);
  }

  /** Guides, "Webhooks": signed with the webhook secret of the business. */
  static Notification notification(LogEntry entry, String event, String webhookSecret) {
    var body = MAPPER.createObjectNode().put("event", event).set("data", data(entry)).toString();
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Notification(
        Map.of("signature", Notification.hmacHex("HmacSHA512", webhookSecret, bytes)), bytes);
  }

  private static ObjectNode data(LogEntry entry) {
    var currency = entry.after().currency();
    var data = MAPPER.createObjectNode();
    if (entry.cause() == Cause.COLLECTION) {
      data.put("business", entry.after().business())
          .put("sourceCurrency", currency)
          .put("destinationCurrency", currency)
          .put("sourceAmount", number(entry.amount()))
          .put("destinationAmount", number(entry.amount()))
          .put("amountReceived", number(entry.amount()))
          .put("fee", 0);
    } else {
      data.put("id", entry.id())
          .put("amountCharged", number(entry.amount()))
          .put("amountReceived", number(entry.amount()))
          .put("fee", 0)
          .put("rate", 1)
          .put("sourceCurrency", currency)
          .put("destinationCurrency", currency);
    }
    return data.put("status", entry.cause() == Cause.PAYOUT_FAILED ? "failed" : "successful")
        .put("createdAt", TIME.format(entry.after().updatedAt()))
        .put("reference", entry.reference());
  }

  private static void wallet(ObjectNode node, SimulatedWallet wallet) {
    node.put("id", wallet.id())
        .put("_id", Long.toString(wallet.id()))
        .put("business", wallet.business())
        .put("businessId", 14424)
        .put("ledgerBalance", number(wallet.ledger()))
        .put("availableBalance", number(wallet.available()))
        .put("lockedBalance", number(wallet.locked()))
        .put("rollingReserveBalance", 0)
        .put("walletNumber", FIRST_WALLET_NUMBER + wallet.id())
        .put("currency", wallet.currency())
        .put("status", "enabled")
        .put("overdraftEnabled", 0)
        .putNull("overdraftLimit")
        .put("createdAt", TIME.format(wallet.createdAt()))
        .put("updatedAt", TIME.format(wallet.updatedAt()));
  }

  private static void row(ObjectNode row, LogEntry entry) {
    row.put("id", entry.id())
        .put("reference", entry.reference())
        .put("createdAt", TIME.format(entry.after().updatedAt()))
        .put("description", entry.cause().description())
        .put("action", entry.cause().action())
        .put("amount", number(entry.amount()))
        .put("currency", entry.after().currency())
        .put("method", "wallet")
        .put("reason", entry.cause().reason())
        .putNull("merchantDescription");
    change(row, "availableBalance", entry.before().available(), entry.after().available());
    change(row, "ledgerBalance", entry.before().ledger(), entry.after().ledger());
    change(row, "lockedBalance", entry.before().locked(), entry.after().locked());
    change(row, "rollingReserveBalance", BigDecimal.ZERO, BigDecimal.ZERO);
  }

  private static void change(ObjectNode row, String field, BigDecimal before, BigDecimal after) {
    row.put(field + "Before", number(before)).put(field + "After", number(after));
  }

  /** Without zeros at the end: Fincra's numbers have none. */
  private static BigDecimal number(BigDecimal amount) {
    var stripped = amount.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static ObjectNode envelope(String message) {
    return MAPPER.createObjectNode().put("success", true).put("message", message);
  }
}
