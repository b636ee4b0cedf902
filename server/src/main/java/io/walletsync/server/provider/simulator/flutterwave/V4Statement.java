package io.walletsync.server.provider.simulator.flutterwave;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walletsync.server.provider.simulator.Answer;
import io.walletsync.server.provider.simulator.Request;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The statement as API v4 writes it: 10 to 50 lines a page, with cursors that are times. */
final class V4Statement {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int FEWEST = 10;
  private static final int MOST = 50;

  private V4Statement() {}

  static Answer of(Purse purse, Request request) {
    var currency = request.query("currency").orElse("");
    if (purse.wallet(currency).isEmpty()) {
      return V4WireFormat.no(400, "REQUEST_NOT_VALID", "10400");
    }
    var from = request.query("from").map(Instant::parse).orElse(Instant.EPOCH);
    var until = request.query("to").map(Instant::parse).orElse(Instant.MAX);
    var behind = request.query("next").map(V4Statement::time);
    var lines =
        purse.statement(currency, from, until).stream()
            .filter(line -> behind.map(time -> line.at().isBefore(time)).orElse(true))
            .toList();
    return page(lines, Math.clamp(request.number("size", FEWEST), FEWEST, MOST));
  }

  private static Instant time(String cursor) {
    return Instant.parse(new String(Base64.getDecoder().decode(cursor), UTF_8));
  }

  private static Answer page(List<StatementLine> lines, int size) {
    var shown = lines.stream().limit(size).toList();
    var envelope =
        MAPPER
            .createObjectNode()
            .put("status", "success")
            .put("message", "Wallet statement fetched");
    var data = envelope.putObject("data");
    data.putObject("cursor")
        .put("next", cursor(shown.isEmpty() ? Optional.empty() : Optional.of(shown.getLast())))
        .put("previous", cursor(shown.stream().findFirst()))
        .put("limit", size)
        .put("total", lines.size())
        .put("has_more_items", lines.size() > shown.size());
    var transactions = data.putArray("transactions");
    shown.forEach(line -> write(transactions.addObject(), line));
    return Answer.json(200, envelope);
  }

  private static String cursor(Optional<StatementLine> line) {
    return line.map(l -> Base64.getEncoder().encodeToString(l.at().toString().getBytes(UTF_8)))
        .orElse("");
  }

  private static void write(ObjectNode row, StatementLine line) {
    row.put("transaction_direction", line.isCredit() ? "credit" : "debit");
    amount(row.putObject("amount"), line);
    row.putObject("balance")
        .put("currency", line.currency())
        .put("before", V3WireFormat.number(line.before()))
        .put("after", V3WireFormat.number(line.after()));
    row.put("reference", line.reference()).put("remarks", line.cause().remarks());
    amount(row.putObject("sent_amount"), line);
    row.put("transaction_type", line.cause().name().toLowerCase(Locale.ROOT))
        .put("transaction_date", line.at().toString());
  }

  private static void amount(ObjectNode node, StatementLine line) {
    node.put("value", V3WireFormat.number(line.amount())).put("currency", line.currency());
  }
}
