package io.walletsync.server.provider.flutterwave.v4;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import java.util.Collection;
import java.util.LinkedHashMap;
import tools.jackson.databind.JsonNode;

/**
 * What a wallet can spend, its {@code available_balance}: API v4 knows no other amount of it
 * ("Fetch wallet balances").
 */
final class Spendable {
  private Spendable() {}

  /** All entries are readable or none counts: a skipped one would look like a missing wallet. */
  static Collection<Money> readAll(JsonNode entries) throws UnreadableReply {
    if (!entries.isArray()) {
      throw new UnreadableReply();
    }
    var amounts = new LinkedHashMap<CurrencyCode, Money>();
    for (var entry : entries) {
      var amount = read(entry);
      if (amounts.put(amount.currency(), amount) != null) {
        throw new UnreadableReply();
      }
    }
    return amounts.values();
  }

  static Money read(JsonNode entry) throws UnreadableReply {
    StrictJson.requireObject(entry);
    var currency = StrictJson.currency(entry, "currency");
    return StrictJson.money(entry, "available_balance", currency);
  }
}
