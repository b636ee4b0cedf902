package io.walletsync.server.provider.flutterwave.v4;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.movement.ContentName;
import io.walletsync.core.movement.MovementFeed.Row;
import io.walletsync.server.provider.FeedFacts;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import io.walletsync.server.provider.flutterwave.StatementMath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The rows of a page of a statement (API v4, "Get wallet statement"): in major units, without an
 * id. The schema calls some amounts numbers and describes them as texts, so both are read.
 */
final class Statement {
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}([.][0-9]{1,18})?");

  private Statement() {}

  /** All rows are readable and of the currency that was asked for, or none counts. */
  static List<Row> read(JsonNode transactions, CurrencyCode asked) throws UnreadableReply {
    var names = new ContentName();
    var rows = new ArrayList<Row>();
    for (var node : transactions) {
      rows.add(read(StrictJson.requireObject(node), asked, names));
    }
    return rows;
  }

  private static Row read(JsonNode row, CurrencyCode asked, ContentName names)
      throws UnreadableReply {
    var balance = StrictJson.requireObject(row.path("balance"));
    var moved = StrictJson.requireObject(row.path("amount"));
    var currency = StrictJson.currency(balance, "currency");
    if (!currency.equals(asked) || !StrictJson.currency(moved, "currency").equals(asked)) {
      throw new UnreadableReply();
    }
    var direction = StrictJson.text(row, "transaction_direction");
    var type = StrictJson.text(row, "transaction_type");
    var before = money(balance, "before", currency);
    var after = money(balance, "after", currency);
    var difference =
        StatementMath.difference(
            isCredit(direction), money(moved, "value", currency), before, after);
    var time = StrictJson.time(row, "transaction_date");
    var key =
        names.next(
            currency.value(),
            type,
            direction,
            row.path("reference").asString(""),
            before.toDecimalString(),
            after.toDecimalString(),
            time.toString());
    return new Row(
        key,
        time,
        difference,
        after,
        FeedFacts.text(row, "transaction_type"),
        FeedFacts.text(row, "remarks"),
        FeedFacts.text(row, "reference"),
        FeedFacts.of(row.path("transfer"))
            .keep("transfer_id", "id")
            .keep("transfer_status", "status")
            .metadata());
  }

  private static boolean isCredit(String direction) throws UnreadableReply {
    return switch (direction) {
      case "credit" -> true;
      case "debit" -> false;
      default -> throw new UnreadableReply();
    };
  }

  private static Money money(JsonNode object, String field, CurrencyCode currency)
      throws UnreadableReply {
    var node = object.path(field);
    if (!node.isString()) {
      return StrictJson.money(object, field, currency);
    }
    if (!DECIMAL.matcher(node.stringValue()).matches()) {
      throw new UnreadableReply();
    }
    try {
      return new Money(new BigDecimal(node.stringValue()), currency);
    } catch (InvalidValue e) {
      throw new UnreadableReply();
    }
  }
}
