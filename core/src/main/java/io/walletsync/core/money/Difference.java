package io.walletsync.core.money;

import java.math.BigDecimal;

/**
 * The exact difference of two amounts of one currency. It may need one digit more than an amount
 * has.
 */
public record Difference(BigDecimal value, CurrencyCode currency) {
  public Difference {
    var plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    value = plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  /** By how much the first is more than the second. */
  public static Difference between(Money amount, Money other) {
    if (!amount.currency().equals(other.currency())) {
      throw new IllegalArgumentException("amounts of two currencies have no difference");
    }
    return new Difference(amount.amount().subtract(other.amount()), amount.currency());
  }

  /** What is left of it when a part is taken away. */
  public Difference without(Difference part) {
    return new Difference(value.subtract(part.value), currency);
  }

  /** What it becomes when the first amount moves by so much. */
  public Difference with(Money movement) {
    return new Difference(value.add(movement.amount()), currency);
  }

  /** Whether it is at most so large, in either direction. */
  public boolean isWithin(Money limit) {
    return value.abs().compareTo(limit.amount()) <= 0;
  }

  public boolean isSmallerThan(Difference other) {
    return value.abs().compareTo(other.value.abs()) < 0;
  }

  /** As the API writes it: plain, with the currency's decimals and no further zeros. */
  public String toDecimalString() {
    return value.setScale(Math.max(value.scale(), currency.writtenDecimals())).toPlainString();
  }

  @Override
  public String toString() {
    return toDecimalString() + " " + currency;
  }
}
