package io.walletsync.server.provider.simulator.paystack;

import io.walletsync.server.provider.simulator.Answer;
import io.walletsync.server.provider.simulator.Notification;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers and webhooks as Paystack writes them. */
final class WireFormat {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final long INTEGRATION = 463433;

  private WireFormat() {}

  static Answer no(int status, String message) {
    return Answer.json(status, envelope(false, message));
  }

  static Answer balances(Map<String, Long> balances) {
    var envelope = envelope(true, "Balances retrieved");
    var data = envelope.putArray("data");
    balances.forEach(
        (currency, balance) ->
            data.addObject().put("currency", currency).put("balance", balance.longValue()));
    return Answer.json(200, envelope);
  }

  static Answer ledger(List<LedgerEntry> newestFirst, int perPage, int page) {
    int total = newestFirst.size();
    int skipped = (int) Math.min(total, (page - 1L) * perPage);
    var envelope = envelope(true, "Balance ledger retrieved");
    var data = envelope.putArray("data");
    newestFirst.stream()
        .skip(skipped)
        .limit(perPage)
        .forEach(entry -> row(data.addObject(), entry));
    envelope
        .putObject("meta")
        .put("total", total)
        .put("skipped", skipped)
        .put("perPage", perPage)
        .put("page", page)
        .put("pageCount", Math.ceilDiv(total, perPage));
    return Answer.json(200, envelope);
  }

  /** Webhooks, "Types of events": what each cause is announced as. */
  static Notification notification(LedgerEntry entry, String secretKey) {
    var event = MAPPER.createObjectNode();
    var data = MAPPER.createObjectNode().put("domain", "test").put("currency", entry.currency());
    var size = Math.abs(entry.difference());
    switch (entry.model()) {
      case "Transfer" -> {
        event.put("event", "transfer.success");
        data.put("id", entry.modelRow()).put("amount", size).put("status", "success");
        data.put("transfer_code", "TRF_" + entry.modelRow());
      }
      case "Refund" -> {
        event.put("event", "refund.processed");
        data.put("amount", Long.toString(size)).put("status", "processed");
        data.put("transaction_reference", "ref-" + entry.modelRow());
        data.put("refund_reference", Long.toString(entry.modelRow()));
      }
      default -> {
        event.put("event", "charge.success");
        data.put("id", entry.modelRow()).put("amount", size).put("status", "success");
        data.put("reference", "ref-" + entry.modelRow()).put("paid_at", TIME.format(entry.at()));
      }
    }
    event.set("data", data);
    var body = event.toString().getBytes(StandardCharsets.UTF_8);
    return new Notification(
        Map.of("x-paystack-signature", Notification.hmacHex("HmacSHA512", secretKey, body)), body);
  }

  private static void row(ObjectNode row, LedgerEntry entry) {
    var time = TIME.format(entry.at());
    row.put("integration", INTEGRATION)
        .put("domain", "test")
        .put("balance", entry.balance())
        .put("currency", entry.currency())
        .put("difference", entry.difference())
        .put("reason", "")
        .put("model_responsible", entry.model())
        .put("model_row", entry.modelRow())
        .put("id", entry.id())
        .put("createdAt", time)
        .put("updatedAt", time);
  }

  private static ObjectNode envelope(boolean status, String message) {
    return MAPPER.createObjectNode().put("status", status).put("message", message);
  }
}
