package io.walletsync.server.provider.paystack;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * A row of {@code GET /balance/ledger}: a movement, and the balance after it. The newest row of a
 * currency names the state of its balance; nothing in {@code GET /balance} does (API reference,
 * "Fetch Balance Ledger").
 */
record LedgerRow(long id, CurrencyCode currency, Money balance, Instant createdAt, Metadata facts) {
  private static final Comparator<LedgerRow> AGE =
      comparing(LedgerRow::createdAt).thenComparing(comparingLong(LedgerRow::id));

  /** The newest row of each currency; like the balances, all rows are readable or none counts. */
  static Map<CurrencyCode, LedgerRow> newest(JsonNode rows) throws UnreadableReply {
    var newest = new HashMap<CurrencyCode, LedgerRow>();
    for (var node : rows) {
      var row = read(StrictJson.requireObject(node));
      newest.merge(row.currency, row, BinaryOperator.maxBy(AGE));
    }
    return newest;
  }

  private static LedgerRow read(JsonNode row) throws UnreadableReply {
    var currency = StrictJson.currency(row, "currency");
    return new LedgerRow(
        StrictJson.integer(row, "id"),
        currency,
        Subunits.toMoney(StrictJson.integer(row, "balance"), currency),
        StrictJson.time(row, "createdAt"),
        facts(row, currency));
  }

  /** Facts that are worth keeping but decide nothing: unreadable ones are left out, all of them. */
  private static Metadata facts(JsonNode row, CurrencyCode currency) {
    var facts = new TreeMap<String, String>();
    try {
      var difference = StrictJson.integer(row, "difference");
      facts.put("ledger_difference", Subunits.toMoney(difference, currency).toDecimalString());
      facts.put("model_row", Long.toString(StrictJson.integer(row, "model_row")));
      facts.put("model_responsible", StrictJson.text(row, "model_responsible"));
      return new Metadata(facts);
    } catch (UnreadableReply | InvalidValue e) {
      return Metadata.NONE;
    }
  }
}
