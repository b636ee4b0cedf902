package io.walletsync.core.analytics;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/**
 * How a period is cut: where the local clock shows a full hour, or where a local day, a week from
 * Monday or a month begins. Clocks that are changed make such a bucket shorter or longer.
 */
public enum BucketSize {
  HOUR,
  DAY,
  WEEK,
  MONTH;

  /**
   * Cuts a period, of which the first and the last piece may be parts of a bucket.
   *
   * @param most after so many the rest is left out, and the last piece ends before the period
   */
  List<Period> cut(Period period, ZoneId zone, int most) {
    var pieces = new ArrayList<Period>();
    var from = period.from();
    while (from.isBefore(period.to()) && pieces.size() < most) {
      var next = next(from, zone);
      var to = next.isBefore(period.to()) ? next : period.to();
      pieces.add(new Period(from, to));
      from = to;
    }
    return List.copyOf(pieces);
  }

  /** When the bucket that this instant lies in ends. */
  private Instant next(Instant instant, ZoneId zone) {
    return switch (this) {
      case HOUR -> nextHour(instant, zone);
      case DAY, WEEK, MONTH -> {
        var first = firstDay(instant.atZone(zone).toLocalDate());
        var begin = first;
        // a day that a country left out begins when the next one does
        do {
          begin = firstDayAfter(begin);
        } while (!begin.atStartOfDay(zone).toInstant().isAfter(instant));
        yield begin.atStartOfDay(zone).toInstant();
      }
    };
  }

  private static Instant nextHour(Instant instant, ZoneId zone) {
    var local = instant.atZone(zone).toLocalDateTime();
    var full = local.truncatedTo(ChronoUnit.HOURS).plusHours(1);
    var next = instant.plus(ChronoUnit.NANOS.between(local, full), ChronoUnit.NANOS);
    var transition = zone.getRules().nextTransition(instant);
    return transition != null && transition.getInstant().isBefore(next)
        ? transition.getInstant()
        : next;
  }

  private LocalDate firstDay(LocalDate day) {
    return switch (this) {
      case HOUR, DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
    };
  }

  private LocalDate firstDayAfter(LocalDate first) {
    return switch (this) {
      case HOUR, DAY -> first.plusDays(1);
      case WEEK -> first.plusWeeks(1);
      case MONTH -> first.plusMonths(1);
    };
  }
}
