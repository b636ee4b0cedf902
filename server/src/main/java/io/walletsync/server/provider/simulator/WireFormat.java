package io.walletsync.server.provider.simulator;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers as Paystack writes them. */
final class WireFormat {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final long INTEGRATION = 463433;

  private WireFormat() {}

  static byte[] no(String message) {
    return bytes(envelope(false, message));
  }

  static byte[] balances(Map<String, Long> balances) {
    var envelope = envelope(true, "Balances retrieved");
    var data = envelope.putArray("data");
    balances.forEach(
        (currency, balance) ->
            data.addObject().put("currency", currency).put("balance", balance.longValue()));
    return bytes(envelope);
  }

  static byte[] ledger(List<LedgerEntry> newestFirst, int perPage, int page) {
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
    return bytes(envelope);
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

  private static byte[] bytes(ObjectNode envelope) {
    return MAPPER.writeValueAsBytes(envelope);
  }
}
