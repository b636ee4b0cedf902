package io.walletsync.core.analytics;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A balance over a piece of time, in its available amount.
 *
 * @param carried whether no state began in it, so that all of it is the balance from before
 * @param figures null where nothing was known until its end
 */
public record Bucket(Period period, boolean carried, @Nullable Figures figures) {
  /**
   * What was known.
   *
   * @param knownFrom since when: the beginning, or the time of the first state ever
   * @param opening what stood just before; null where nothing was known then
   * @param highest of all that stood, the opening included
   * @param lowest likewise
   * @param change from opening to closing; null without an opening
   * @param changes how often it changed; the first state ever is no change, nor is one in which
   *     only the ledger or what is locked moved
   * @param average weighted by time since it is known, rounded half to even at the decimals of the
   *     currency, or of the amounts where they have more
   * @param largestChange the single change that moved most, with its sign; of several the first;
   *     null where there was none
   */
  public record Figures(
      Instant knownFrom,
      @Nullable BigDecimal opening,
      BigDecimal highest,
      BigDecimal lowest,
      BigDecimal closing,
      @Nullable BigDecimal change,
      long changes,
      BigDecimal average,
      @Nullable BigDecimal largestChange) {}
}
