package io.walletsync.core.runway;

import io.walletsync.core.runway.Runway.Scenario;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries a balance forward, as if one week came again and again, and what is planned besides. What
 * goes out in an hour goes at its beginning, before anything comes in: rather too early than late.
 *
 * @param from when the balance was last known
 * @param until where to stop
 * @param headroom by how much the balance was above the minimum then
 * @param planned after {@code from}, in the order of their times
 */
record Course(
    Instant from,
    Instant until,
    ZoneId zone,
    BigDecimal headroom,
    boolean countsInflows,
    List<PlannedOutflow> planned) {

  /**
   * When it would run out.
   *
   * @param week the sum of {@code weeks} weeks: all is counted so many times instead of dividing,
   *     which could not be exact
   */
  Scenario run(Week week, int weeks) {
    return new Run(week, BigDecimal.valueOf(weeks)).run();
  }

  /** One way through the hours. */
  private final class Run {
    private final Week week;
    private final BigDecimal times;
    private final Iterator<PlannedOutflow> outflows = planned.iterator();
    private BigDecimal level;
    private @Nullable PlannedOutflow next;
    private @Nullable Instant runsOutAt;
    private @Nullable PlannedOutflow uncovered;

    private Run(Week week, BigDecimal times) {
      this.week = week;
      this.times = times;
      this.level = headroom.multiply(times);
      this.next = outflows.hasNext() ? outflows.next() : null;
    }

    private Scenario run() {
      check(from);
      var local = LocalDateTime.ofInstant(from, zone);
      var at = from;
      for (var hour = 0; at.isBefore(until) && !isDecided(); hour++) {
        payUntil(at);
        take(week.out(hour % Week.HOURS));
        check(at);
        if (countsInflows) {
          level = level.add(week.in(hour % Week.HOURS));
        }
        at = local.plusHours(hour + 1L).atZone(zone).toInstant();
      }
      payUntil(until);
      return new Scenario(runsOutAt, uncovered);
    }

    private boolean isDecided() {
      return runsOutAt != null && (uncovered != null || next == null);
    }

    private void payUntil(Instant end) {
      for (var due = next; due != null && !due.at().isAfter(end); due = next) {
        take(due.amount().amount().multiply(times));
        check(due.at());
        if (uncovered == null && level.signum() < 0) {
          uncovered = due;
        }
        next = outflows.hasNext() ? outflows.next() : null;
      }
    }

    private void take(BigDecimal amount) {
      level = level.subtract(amount);
    }

    private void check(Instant at) {
      if (runsOutAt == null && level.signum() < 0) {
        runsOutAt = at;
      }
    }
  }
}
