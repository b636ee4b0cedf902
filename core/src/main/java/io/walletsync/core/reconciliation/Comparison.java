package io.walletsync.core.reconciliation;

import io.walletsync.core.money.Difference;
import io.walletsync.core.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of holding an expected balance against the provider's; immutable.
 *
 * @param balance the provider's at the moment meant; null where it is not known
 * @param drift that balance minus the expected one; null where it is not known
 * @param explained the part of the drift that the provider made good within the lag, by balances
 *     that it told or by movements that its ledger lists
 * @param unexplained the rest of it
 * @param nearestAt when within the lag the provider agreed first, or else came nearest; null where
 *     nothing is known
 */
public record Comparison(
    Verdict verdict,
    @Nullable Money balance,
    @Nullable Difference drift,
    @Nullable Difference explained,
    @Nullable Difference unexplained,
    @Nullable Instant nearestAt,
    Instant comparedAt) {
  /** How it ended; the names are stored. */
  public enum Verdict {
    /** Within the lag the provider's balance came within the tolerance. */
    AGREES,
    /** It did not, and the lag is over. */
    DIFFERS,
    /** The moment lies before the first balance that is known, and none within the lag agrees. */
    UNKNOWN
  }

  /** Whether a later one found the same. */
  boolean isRepeatedBy(Comparison later) {
    return equals(
        new Comparison(
            later.verdict,
            later.balance,
            later.drift,
            later.explained,
            later.unexplained,
            later.nearestAt,
            comparedAt));
  }

  static Comparison unknown(Instant comparedAt) {
    return new Comparison(Verdict.UNKNOWN, null, null, null, null, null, comparedAt);
  }

  /** Reached when the provider came nearest. */
  static Comparison of(
      Verdict verdict,
      @Nullable Money balance,
      @Nullable Difference drift,
      Difference unexplained,
      Instant nearestAt,
      Instant comparedAt) {
    return new Comparison(
        verdict,
        balance,
        drift,
        drift == null ? null : drift.without(unexplained),
        unexplained,
        nearestAt,
        comparedAt);
  }
}
