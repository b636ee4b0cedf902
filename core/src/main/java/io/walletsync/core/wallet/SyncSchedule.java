package io.walletsync.core.wallet;

import io.walletsync.core.kernel.InvalidValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a wallet is synced by itself: always after the same interval, or between two bounds,
 * sooner while its balance moves and later while it rests.
 *
 * @param interval the only interval, or the shortest
 * @param slowest the longest interval; null where the interval is fixed
 */
public record SyncSchedule(Duration interval, @Nullable Duration slowest) {
  public static final Duration SHORTEST = Duration.ofSeconds(10);
  public static final Duration LONGEST = Duration.ofHours(24);

  /** What holds where neither the wallet nor its connection says anything. */
  public static final SyncSchedule STANDARD = new SyncSchedule(Duration.ofMinutes(5), null);

  public SyncSchedule {
    requireInterval(interval);
    if (slowest != null && requireInterval(slowest).compareTo(interval) < 0) {
      throw new InvalidValue("must not be shorter than the interval");
    }
  }

  public boolean isAdaptive() {
    return slowest != null;
  }

  /** The wallet's own schedule, else its connection's, else the standard one. */
  public static SyncSchedule inForce(
      @Nullable SyncSchedule ofWallet, @Nullable SyncSchedule ofConnection) {
    if (ofWallet != null) {
      return ofWallet;
    }
    return ofConnection == null ? STANDARD : ofConnection;
  }

  /** Returns the interval, or throws {@link InvalidValue}. */
  public static Duration requireInterval(Duration interval) {
    if (interval.compareTo(SHORTEST) < 0
        || interval.compareTo(LONGEST) > 0
        || !interval.equals(Duration.ofSeconds(interval.toSeconds()))) {
      throw new InvalidValue("must be in whole seconds from PT10S to PT24H");
    }
    return interval;
  }

  static @Nullable String text(@Nullable SyncSchedule schedule) {
    if (schedule == null) {
      return null;
    }
    var slowest = schedule.slowest();
    return slowest == null ? schedule.interval().toString() : schedule.interval() + "/" + slowest;
  }
}
