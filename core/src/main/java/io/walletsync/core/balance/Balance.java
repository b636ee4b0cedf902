package io.walletsync.core.balance;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of a wallet at one moment. Unknown is null, never zero.
 *
 * @param available what can be spent
 * @param ledger what the books say, where the provider tells
 * @param locked what is held back, where the provider tells
 */
public record Balance(Money available, @Nullable Money ledger, @Nullable Money locked) {
  public Balance {
    requireSameCurrency(available, ledger);
    requireSameCurrency(available, locked);
  }

  /** A balance of which only the available amount is known. */
  public static Balance available(Money available) {
    return new Balance(available, null, null);
  }

  public CurrencyCode currency() {
    return available.currency();
  }

  private static void requireSameCurrency(Money available, @Nullable Money other) {
    if (other != null && !other.currency().equals(available.currency())) {
      throw new IllegalArgumentException("a balance has one currency");
    }
  }
}
