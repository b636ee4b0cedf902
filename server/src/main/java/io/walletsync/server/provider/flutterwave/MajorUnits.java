package io.walletsync.server.provider.flutterwave;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.server.provider.UnreadableReply;
import tools.jackson.databind.JsonNode;

/**
 * Flutterwave's amounts: JSON numbers in major units, with decimals in every currency, also in XOF
 * and UGX, which have no subunit (API v3, "Get balances"); taken digit by digit and never rounded.
 */
public final class MajorUnits {
  private MajorUnits() {}

  /** A number in a text is none: Flutterwave documents balances as numbers. */
  public static Money read(JsonNode object, String field, CurrencyCode currency)
      throws UnreadableReply {
    var node = object.path(field);
    if (!node.isNumber()) {
      throw new UnreadableReply();
    }
    try {
      return new Money(node.decimalValue(), currency);
    } catch (InvalidValue e) {
      throw new UnreadableReply();
    }
  }
}
