package io.walletsync.server.provider.fincra;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * A row of {@code GET /wallets/logs}: a movement, and the three amounts of some wallet after it
 * (API reference, "Get wallet logs"). It names the currency but not the wallet, so its word counts
 * only for a wallet that has exactly these amounts.
 */
record LogRow(
    long id, CurrencyCode currency, Balance after, Instant createdAt, Map<String, String> facts) {
  private static final Comparator<LogRow> AGE =
      comparing(LogRow::createdAt).thenComparing(comparingLong(LogRow::id));

  /** The newest row of each currency; like the wallets, all rows are readable or none counts. */
  static Map<CurrencyCode, LogRow> newest(JsonNode data) throws UnreadableReply {
    var newest = new HashMap<CurrencyCode, LogRow>();
    for (var node : StrictJson.array(StrictJson.requireObject(data), "results")) {
      var row = read(StrictJson.requireObject(node));
      newest.merge(row.currency, row, BinaryOperator.maxBy(AGE));
    }
    return newest;
  }

  boolean agreesWith(FincraWallet wallet) {
    return after.equals(wallet.balance());
  }

  /** Whether it was written when the wallet last changed; wallets tell that to the second. */
  boolean isAsOldAs(FincraWallet wallet) {
    var updatedAt = wallet.updatedAt();
    return updatedAt != null
        && createdAt
            .truncatedTo(ChronoUnit.SECONDS)
            .equals(updatedAt.truncatedTo(ChronoUnit.SECONDS));
  }

  private static LogRow read(JsonNode row) throws UnreadableReply {
    var currency = StrictJson.currency(row, "currency");
    return new LogRow(
        StrictJson.integer(row, "id"),
        currency,
        new Balance(
            StrictJson.money(row, "availableBalanceAfter", currency),
            StrictJson.money(row, "ledgerBalanceAfter", currency),
            StrictJson.money(row, "lockedBalanceAfter", currency)),
        StrictJson.time(row, "createdAt"),
        facts(row, currency));
  }

  /** Facts that are worth keeping but decide nothing: unreadable ones are left out, all of them. */
  private static Map<String, String> facts(JsonNode row, CurrencyCode currency) {
    var facts = new TreeMap<String, String>();
    try {
      facts.put("log_action", StrictJson.text(row, "action"));
      facts.put("log_amount", StrictJson.money(row, "amount", currency).toDecimalString());
      facts.put("log_reference", StrictJson.text(row, "reference"));
      return facts;
    } catch (UnreadableReply e) {
      return Map.of();
    }
  }
}
