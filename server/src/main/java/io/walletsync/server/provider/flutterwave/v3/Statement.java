package io.walletsync.server.provider.flutterwave.v3;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.movement.ContentName;
import io.walletsync.core.movement.MovementFeed.Row;
import io.walletsync.server.provider.FeedFacts;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import io.walletsync.server.provider.flutterwave.StatementMath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The rows of a page of a statement (API v3, "Get wallet statement"). They have no id, times are to
 * the second, and a transfer and its fee share their reference, so a row is named by its content.
 *
 * @param rows those of the pot that can be paid out; a row that says it is of another pot is left
 *     out
 * @param times of all rows
 */
record Statement(List<Row> rows, List<Instant> times) {
  private static final String AVAILABLE = "available";

  /** All rows are readable and of the currency that was asked for, or none counts. */
  static Statement read(JsonNode transactions, CurrencyCode asked) throws UnreadableReply {
    var names = new ContentName();
    var rows = new ArrayList<Row>();
    var times = new ArrayList<Instant>();
    for (var node : transactions) {
      var row = read(StrictJson.requireObject(node), asked, names);
      times.add(row.occurredAt());
      if (StrictJson.text(node, "statement_type").equals(AVAILABLE)) {
        rows.add(row);
      }
    }
    return new Statement(rows, times);
  }

  private static Row read(JsonNode row, CurrencyCode asked, ContentName names)
      throws UnreadableReply {
    var currency = StrictJson.currency(row, "currency");
    if (!currency.equals(asked)) {
      throw new UnreadableReply();
    }
    var type = StrictJson.text(row, "type");
    var amount = StrictJson.money(row, "amount", currency);
    var before = StrictJson.money(row, "balance_before", currency);
    var after = StrictJson.money(row, "balance_after", currency);
    var difference = StatementMath.difference(isCredit(type), amount, before, after);
    var time = StrictJson.time(row, "date");
    var key =
        names.next(
            currency.value(),
            type,
            row.path("reference").asString(""),
            row.path("remarks").asString(""),
            amount.toDecimalString(),
            before.toDecimalString(),
            after.toDecimalString(),
            time.toString());
    return new Row(
        key,
        time,
        difference,
        after,
        null,
        FeedFacts.text(row, "remarks"),
        FeedFacts.text(row, "reference"),
        FeedFacts.of(row)
            .keep("sent_currency", "sent_currency")
            .keep("sent_amount", "sent_amount")
            .keep("rate_used", "rate_used")
            .metadata());
  }

  private static boolean isCredit(String type) throws UnreadableReply {
    return switch (type) {
      case "C" -> true;
      case "D" -> false;
      default -> throw new UnreadableReply();
    };
  }
}
