package io.walletsync.core.payout;

import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.money.Difference;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.ProviderFailure;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a wallet can pay, and how that was reckoned.
 *
 * @param reason why not; null where it can
 * @param available the newest balance; null where none is known
 * @param reserved what is set aside for other payouts
 * @param free what is left of the balance; null where none is known
 * @param age how long ago the provider was asked for that balance
 * @param sequence of the snapshot that has it
 * @param doubt what the provider says since and is not believed
 * @param failure why the balance could not be had anew
 * @param reservation what stands under the reference
 */
public record PayoutAnswer(
    @Nullable Reason reason,
    Money amount,
    @Nullable Money available,
    Money reserved,
    @Nullable Difference free,
    @Nullable Duration age,
    @Nullable Long sequence,
    @Nullable QuarantinedReading doubt,
    @Nullable ProviderFailure failure,
    @Nullable Reservation reservation) {
  /** Why it cannot. */
  public enum Reason {
    /** Too little is free. */
    INSUFFICIENT,
    /** The balance is too old, and no newer one could be had. */
    STALE,
    /** The provider says something that is not believed. */
    IN_DOUBT,
    /** No balance is known. */
    NO_BALANCE,
    /** The payout was sent already. */
    ALREADY_CONFIRMED,
    /** The payout has left already. */
    ALREADY_COVERED,
    /** The payout was given up; another try needs another reference. */
    ALREADY_RELEASED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public boolean canPay() {
    return reason == null;
  }
}
