package io.walletsync.server.provider.paystack;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The data of {@code GET /balance} (API reference, "Check Balance"): one entry per currency, all of
 * them readable or none counts, as a skipped entry would look like a currency that Paystack does
 * not hold.
 */
final class BalanceList {
  private BalanceList() {}

  static Map<CurrencyCode, Money> read(JsonNode entries) throws UnreadableReply {
    var balances = new LinkedHashMap<CurrencyCode, Money>();
    for (var entry : entries) {
      StrictJson.requireObject(entry);
      var currency = StrictJson.currency(entry, "currency");
      var balance = Subunits.toMoney(StrictJson.integer(entry, "balance"), currency);
      if (balances.put(currency, balance) != null) {
        throw new UnreadableReply();
      }
    }
    return balances;
  }
}
