package io.walletsync.core.wallet;

import io.walletsync.core.kernel.InvalidValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

  /** The windows in which calls are counted, each for itself; the names are stored. */
  public enum Period {
    SECOND(ChronoUnit.SECONDS),
    /** In UTC. */
    DAY(ChronoUnit.DAYS);

    private final ChronoUnit unit;

    Period(ChronoUnit unit) {
      this.unit = unit;
    }

    /** When the window begins that this moment is in. */
    public Instant windowStart(Instant moment) {
      return moment.truncatedTo(unit);
    }

    /** When the next window begins. */
    public Instant windowEnd(Instant moment) {
      return windowStart(moment).plus(1, unit);
    }
  }

  /** How many calls in each window; null for any number. */
  public @Nullable Integer limit(Period period) {
    return switch (period) {
      case SECOND -> perSecond;
      case DAY -> perDay;
    };
  }

  /** This budget with another limit. */
  public CallBudget with(Period period, @Nullable Integer limit) {
    return switch (period) {
      case SECOND -> new CallBudget(limit, perDay);
      case DAY -> new CallBudget(perSecond, limit);
    };
  }

  /** This budget, and the other one where this says nothing. */
  public CallBudget orElse(CallBudget other) {
    return new CallBudget(
        perSecond == null ? other.perSecond : perSecond, perDay == null ? other.perDay : perDay);
  }

  /** Returns the number of calls, or throws {@link InvalidValue}. */
  public static int requireLimit(long calls) {
    if (calls < 1 || calls > MOST) {
      throw new InvalidValue("must be a whole number from 1 to " + MOST);
    }
    return (int) calls;
  }

  private static void requirePositive(@Nullable Integer calls) {
    if (calls != null) {
      requireLimit(calls);
    }
  }
}
