package io.walletsync.server.provider.flutterwave.v3;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import java.util.Collection;
import java.util.LinkedHashMap;
import tools.jackson.databind.JsonNode;

/**
 * The two pots of a wallet: {@code available_balance} can be paid out, {@code ledger_balance} was
 * collected and is not yet settled (Flutterwave support, "Flutterwave balance"). Neither is a part
 * of the other, so nothing is computed from them and what is locked stays unknown.
 */
final class Pots {
  private Pots() {}

  /** All entries are readable or none counts: a skipped one would look like a missing wallet. */
  static Collection<Balance> readAll(JsonNode entries) throws UnreadableReply {
    if (!entries.isArray()) {
      throw new UnreadableReply();
    }
    var balances = new LinkedHashMap<CurrencyCode, Balance>();
    for (var entry : entries) {
      var balance = read(entry);
      if (balances.put(balance.currency(), balance) != null) {
        throw new UnreadableReply();
      }
    }
    return balances.values();
  }

  static Balance read(JsonNode entry) throws UnreadableReply {
    StrictJson.requireObject(entry);
    var currency = StrictJson.currency(entry, "currency");
    return new Balance(
        StrictJson.money(entry, "available_balance", currency),
        StrictJson.money(entry, "ledger_balance", currency),
        null);
  }
}
