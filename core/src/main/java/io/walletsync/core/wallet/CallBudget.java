package io.walletsync.core.wallet;

import io.walletsync.core.kernel.InvalidValue;
import org.jspecify.annotations.Nullable;

/**
 * How many calls a provider may be sent for one connection, by all nodes together.
 *
 * @param perSecond in each second of the database's clock; null for any number
 * @param perDay in each day (UTC) of the database's clock; null for any number
 */
public record CallBudget(@Nullable Integer perSecond, @Nullable Integer perDay) {
  public static final CallBudget UNLIMITED = new CallBudget(null, null);
  private static final int MOST = 1_000_000_000;

  public CallBudget {
    requirePositive(perSecond);
    requirePositive(perDay);
  }

  private static void requirePositive(@Nullable Integer calls) {
    if (calls != null && (calls < 1 || calls > MOST)) {
      throw new InvalidValue("must be a whole number from 1 to " + MOST);
    }
  }
}
