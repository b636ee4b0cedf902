package io.walletsync.core.money;

import io.walletsync.core.kernel.InvalidValue;
import java.math.BigDecimal;

/**
 * An exact amount in major units of its currency. At most 18 decimals and 18 digits before the
 * point, which is what the database keeps without rounding; 1.0 and 1.00 are the same money.
 */
public record Money(BigDecimal amount, CurrencyCode currency) {
  private static final int MAX_DECIMALS = 18;
  private static final int MAX_WHOLE_DIGITS = 18;

  public Money {
    amount = amount.signum() == 0 ? BigDecimal.ZERO : amount;
    // as long, and before anything is computed: the exponent may be as large as an int can be
    if ((long) amount.precision() - amount.scale() > MAX_WHOLE_DIGITS) {
      throw tooLong();
    }
    amount = amount.stripTrailingZeros();
    if (amount.scale() > MAX_DECIMALS) {
      throw tooLong();
    }
    amount = amount.scale() < 0 ? amount.setScale(0) : amount;
  }

  private static InvalidValue tooLong() {
    return new InvalidValue("must have at most 18 digits before and 18 after the decimal point");
  }

  /** The amount as the API writes it: plain, with the currency's decimals and no further zeros. */
  public String toDecimalString() {
    return currency.write(amount);
  }

  @Override
  public String toString() {
    return toDecimalString() + " " + currency;
  }
}
