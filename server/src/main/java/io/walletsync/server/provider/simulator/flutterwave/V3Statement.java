package io.walletsync.server.provider.simulator.flutterwave;

import io.walletsync.server.provider.simulator.Answer;
import io.walletsync.server.provider.simulator.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The statement as API v3 writes it: by days, 20 lines a page, times to the second, no ids. */
final class V3Statement {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'").withZone(ZoneOffset.UTC);
  private static final int LINES = 20;

  private V3Statement() {}

  static Answer of(Purse purse, Request request, String message) {
    var currency = request.query("currency").orElse("");
    if (purse.wallet(currency).isEmpty()) {
      return V3WireFormat.no(400, "currency is required");
    }
    var from = request.query("from").map(V3Statement::dayBegins).orElse(Instant.EPOCH);
    var until =
        request
            .query("to")
            .map(day -> dayBegins(day).plus(Duration.ofDays(1)).minusNanos(1))
            .orElse(Instant.MAX);
    return page(purse.statement(currency, from, until), request.number("page", 1), message);
  }

  private static Instant dayBegins(String day) {
    return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Answer page(List<StatementLine> lines, int page, String message) {
    var envelope = MAPPER.createObjectNode().put("status", "success").put("message", message);
    var data = envelope.putObject("data");
    data.putObject("page_info")
        .put("total", lines.size())
        .put("current_page", page)
        .put("total_pages", Math.ceilDiv(lines.size(), LINES));
    var transactions = data.putArray("transactions");
    lines.stream()
        .skip((page - 1L) * LINES)
        .limit(LINES)
        .forEach(line -> write(transactions.addObject(), line));
    return Answer.json(200, envelope);
  }

  private static void write(ObjectNode row, StatementLine line) {
    row.put("type", line.isCredit() ? "C" : "D")
        .put("amount", V3WireFormat.number(line.amount()))
        .put("currency", line.currency())
        .put("balance_before", V3WireFormat.number(line.before()))
        .put("balance_after", V3WireFormat.number(line.after()))
        .put("reference", line.reference())
        .put("date", TIME.format(line.at()))
        .put("remarks", line.cause().remarks())
        .put("sent_currency", line.currency())
        .put("rate_used", 1)
        .put("sent_amount", V3WireFormat.number(line.amount()))
        .put("statement_type", "available");
  }
}
