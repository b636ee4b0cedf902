package io.walletsync.core.reconciliation;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the user's own books say a wallet held at one moment.
 *
 * @param asOf the moment that the books speak of
 * @param reference the user's name for the statement; with wallet and moment it says which one it
 *     is
 * @param tolerance how far the provider may be off in either direction and still agree
 * @param lag how long after the moment the provider may come to agree, for what was on its way then
 */
public record ExpectedBalance(
    WalletId walletId,
    Money amount,
    Instant asOf,
    String reference,
    Money tolerance,
    Duration lag) {
  /** An hour: more than lies between two scheduled readings of most wallets. */
  public static final Duration USUAL_LAG = Duration.ofHours(1);

  private static final Duration LONGEST_LAG = Duration.ofDays(7);
  private static final int LONGEST_REFERENCE = 128;

  public ExpectedBalance {
    checkedReference(reference);
    checkedLag(lag);
    if (tolerance.amount().signum() < 0 || !tolerance.currency().equals(amount.currency())) {
      throw new IllegalArgumentException("a tolerance is an amount of the same currency");
    }
  }

  /** Returns the reference, or throws {@link InvalidValue}. */
  public static String checkedReference(String reference) {
    return Text.printable(reference, LONGEST_REFERENCE);
  }

  /** Returns the lag, or throws {@link InvalidValue}. */
  public static Duration checkedLag(Duration lag) {
    if (lag.isNegative()
        || lag.compareTo(LONGEST_LAG) > 0
        || !lag.equals(lag.truncatedTo(ChronoUnit.SECONDS))) {
      throw new InvalidValue("must be 0 to " + LONGEST_LAG.toDays() + " days, in whole seconds");
    }
    return lag;
  }

  /** The last moment at which the provider may come to agree. */
  public Instant windowEnd() {
    return asOf.plus(lag);
  }

  public Key key() {
    return new Key(walletId, asOf, reference);
  }

  /** Which statement of the books it is: said again with another amount, it is a correction. */
  public record Key(WalletId walletId, Instant asOf, String reference) {}
}
