package io.walletsync.server.provider.fincra;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.movement.MovementFeed.Row;
import io.walletsync.server.provider.FeedFacts;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A row of the wallet log as a movement of what is available: its own {@code amount} may have gone
 * from one amount to another, as when a payout is locked, so the balances before and after tell the
 * difference (API reference, "Get wallet logs").
 */
final class LogMovement {
  private LogMovement() {}

  /** All rows are readable and of the currency that was asked for, or none counts. */
  static List<Row> readAll(JsonNode data, CurrencyCode currency) throws UnreadableReply {
    var rows = new ArrayList<Row>();
    for (var row : StrictJson.array(StrictJson.requireObject(data), "results")) {
      rows.add(read(StrictJson.requireObject(row), currency));
    }
    return rows;
  }

  private static Row read(JsonNode row, CurrencyCode asked) throws UnreadableReply {
    var currency = StrictJson.currency(row, "currency");
    if (!currency.equals(asked)) {
      throw new UnreadableReply();
    }
    var before = StrictJson.money(row, "availableBalanceBefore", currency);
    var after = StrictJson.money(row, "availableBalanceAfter", currency);
    return new Row(
        Long.toString(StrictJson.integer(row, "id")),
        StrictJson.time(row, "createdAt"),
        difference(before, after),
        after,
        FeedFacts.text(row, "reason"),
        FeedFacts.text(row, "description"),
        FeedFacts.text(row, "reference"),
        FeedFacts.of(row)
            .keep("action", "action")
            .keep("amount", "amount")
            .keep("method", "method")
            .keep("merchant_reference", "merchantReference")
            .keep("merchant_description", "merchantDescription")
            .keep("ledger_after", "ledgerBalanceAfter")
            .keep("locked_after", "lockedBalanceAfter")
            .metadata());
  }

  private static Money difference(Money before, Money after) throws UnreadableReply {
    try {
      return new Money(after.amount().subtract(before.amount()), after.currency());
    } catch (InvalidValue e) {
      throw new UnreadableReply();
    }
  }
}
