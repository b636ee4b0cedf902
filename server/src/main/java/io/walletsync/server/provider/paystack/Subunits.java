package io.walletsync.server.provider.paystack;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import java.math.BigDecimal;

/**
 * Paystack's amounts: hundredths of the major unit in every currency, also in XOF, which has no
 * subunit ("Supported currency" in Paystack's API reference).
 */
final class Subunits {
  private static final int DECIMALS = 2;

  private Subunits() {}

  static Money toMoney(long subunits, CurrencyCode currency) {
    return new Money(BigDecimal.valueOf(subunits, DECIMALS), currency);
  }
}
