package io.walletsync.core.runway;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Text;
import io.walletsync.core.money.Money;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Money that is to leave a wallet at a known time.
 *
 * @param reference the business's name of it, once in a plan
 */
public record PlannedOutflow(Instant at, Money amount, String reference) {
  private static final int LONGEST_REFERENCE = 128;

  public PlannedOutflow {
    checkedAmount(amount.amount());
    checkedReference(reference);
    at = Microseconds.cut(at);
  }

  /** Returns the amount if it is more than nothing. */
  public static BigDecimal checkedAmount(BigDecimal amount) {
    if (amount.signum() <= 0) {
      throw new InvalidValue("must be more than zero");
    }
    return amount;
  }

  /** Returns the reference if it is one. */
  public static String checkedReference(String reference) {
    return Text.printable(reference, LONGEST_REFERENCE);
  }
}
