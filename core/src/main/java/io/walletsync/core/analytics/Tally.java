package io.walletsync.core.analytics;

import io.walletsync.core.analytics.Bucket.Figures;
import io.walletsync.core.balance.BalancePoint;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** One bucket while its states pass by. */
record Tally(
    Period period,
    int states,
    @Nullable BigDecimal opening,
    @Nullable Known known,
    long changes,
    @Nullable BigDecimal largest) {

  /**
   * What is there as soon as a balance is known.
   *
   * @param area amounts times microseconds until {@code since}, exact
   * @param decimals the most that an amount had
   */
  private record Known(
      Instant from,
      Instant since,
      BigDecimal current,
      BigDecimal highest,
      BigDecimal lowest,
      BigDecimal area,
      int decimals) {

    static Known first(Instant from, BigDecimal amount) {
      return new Known(from, from, amount, amount, amount, BigDecimal.ZERO, amount.scale());
    }

    Known moved(Instant at, BigDecimal amount) {
      return new Known(
          from,
          at,
          amount,
          highest.max(amount),
          lowest.min(amount),
          areaUntil(at),
          Math.max(decimals, amount.scale()));
    }

    BigDecimal areaUntil(Instant at) {
      return area.add(current.multiply(micros(since, at)));
    }

    BigDecimal average(Instant to, int writtenDecimals) {
      return areaUntil(to)
          .divide(micros(from, to), Math.max(decimals, writtenDecimals), RoundingMode.HALF_EVEN);
    }

    private static BigDecimal micros(Instant from, Instant to) {
      return new BigDecimal(BigInteger.valueOf(ChronoUnit.MICROS.between(from, to)));
    }
  }

  /** A bucket into which this amount is carried; null where nothing is known yet. */
  static Tally entered(Period period, @Nullable BigDecimal amount) {
    return new Tally(
        period, 0, amount, amount == null ? null : Known.first(period.from(), amount), 0, null);
  }

  /** The amount that stands at the end so far. */
  @Nullable BigDecimal current() {
    return known == null ? null : known.current();
  }

  Tally with(BalancePoint point) {
    var amount = point.available();
    if (known == null) {
      return new Tally(period, 1, null, Known.first(point.asOf(), amount), changes, largest);
    }
    var step = amount.subtract(known.current());
    // a state may begin where the ledger alone moved
    var changed = step.signum() != 0;
    var larger = changed && (largest == null || step.abs().compareTo(largest.abs()) > 0);
    return new Tally(
        period,
        states + 1,
        opening,
        known.moved(point.asOf(), amount),
        changed ? changes + 1 : changes,
        larger ? step : largest);
  }

  Bucket closed(int writtenDecimals) {
    return new Bucket(
        period,
        states == 0 && known != null,
        known == null ? null : figures(known, writtenDecimals));
  }

  private Figures figures(Known all, int writtenDecimals) {
    return new Figures(
        all.from(),
        opening,
        all.highest(),
        all.lowest(),
        all.current(),
        opening == null ? null : all.current().subtract(opening),
        changes,
        all.average(period.to(), writtenDecimals),
        largest);
  }
}
