package io.walletsync.core.schedule;

import io.walletsync.core.balance.Recorded;
import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.SyncSchedule;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The interval between the bounds of an adaptive schedule: longer by half while nothing changes, a
 * half once something does, and the shortest when the balance moves a lot or is in doubt.
 */
final class Pace {
  /** A tenth of the balance before is a lot. */
  private static final BigDecimal A_LOT = new BigDecimal("0.1");

  private Pace() {}

  /** The interval to go on with; the only one where the schedule is fixed. */
  static Duration after(
      SyncSchedule schedule, @Nullable Duration pace, @Nullable Money known, Recorded recorded) {
    var slowest = schedule.slowest();
    if (slowest == null) {
      return schedule.interval();
    }
    var present = within(schedule.interval(), slowest, pace == null ? schedule.interval() : pace);
    return switch (recorded) {
      case Recorded.Answer answer ->
          switch (answer.verdict()) {
            case UNCHANGED ->
                within(schedule.interval(), slowest, present.multipliedBy(3).dividedBy(2));
            case CREATED ->
                movedALot(known, answer.snapshot().balance().available())
                    ? schedule.interval()
                    : within(schedule.interval(), slowest, present.dividedBy(2));
            case QUARANTINED -> schedule.interval();
            case DUPLICATE, SUPERSEDED -> present;
          };
      case Recorded.Quarantined _ -> schedule.interval();
      case Recorded.Strange _, Recorded.WalletClosed _, Recorded.TakenOver _ -> present;
    };
  }

  private static boolean movedALot(@Nullable Money before, Money now) {
    if (before == null) {
      return true;
    }
    var change = now.amount().subtract(before.amount()).abs();
    return change.compareTo(before.amount().abs().multiply(A_LOT)) >= 0;
  }

  private static Duration within(Duration shortest, Duration longest, Duration interval) {
    if (interval.compareTo(shortest) < 0) {
      return shortest;
    }
    return interval.compareTo(longest) > 0 ? longest : interval;
  }
}
