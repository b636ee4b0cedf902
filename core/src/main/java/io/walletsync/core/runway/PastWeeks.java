package io.walletsync.core.runway;

import io.walletsync.core.balance.BalancePoint;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What went out of a wallet and came in, hour by hour, in each of the weeks before a moment. Hours
 * are those of the local clock: each week has 168, also where the clock was set meanwhile.
 */
final class PastWeeks implements Consumer<BalancePoint> {
  private final ZoneId zone;
  private final LocalDateTime start;
  private final LocalDateTime end;
  private final List<Week> weeks = new ArrayList<>();
  private @Nullable BalancePoint first;
  private @Nullable BalancePoint last;

  PastWeeks(Instant end, ZoneId zone, int most) {
    this.zone = zone;
    this.end = LocalDateTime.ofInstant(end, zone);
    this.start = this.end.minusWeeks(most);
    for (var i = 0; i < most; i++) {
      weeks.add(new Week());
    }
  }

  /** Where the oldest of the weeks begins. */
  Instant start() {
    return start.atZone(zone).toInstant();
  }

  /** Each state in its order, beginning with the one in which the weeks are entered. */
  @Override
  public void accept(BalancePoint point) {
    if (last == null) {
      first = point;
    } else {
      add(point.asOf(), point.available().subtract(last.available()));
    }
    last = point;
  }

  private void add(Instant at, BigDecimal change) {
    var hours = ChronoUnit.HOURS.between(start, LocalDateTime.ofInstant(at, zone));
    // an hour that the clock shows twice may seem to lie a little outside
    var slot = (int) Math.clamp(hours, 0L, (long) Week.HOURS * weeks.size() - 1);
    weeks.get(slot / Week.HOURS).add(slot % Week.HOURS, change);
  }

  /** Since when the balance is known, within the weeks; null where it is not. */
  @Nullable Instant knownFrom() {
    if (first == null) {
      return null;
    }
    return first.asOf().isBefore(start()) ? start() : first.asOf();
  }

  /** The weeks throughout which the balance is known, oldest first. */
  List<Week> known() {
    var from = knownFrom();
    if (from == null) {
      return List.of();
    }
    var whole = (int) ChronoUnit.WEEKS.between(LocalDateTime.ofInstant(from, zone), end);
    return weeks.subList(weeks.size() - Math.min(whole, weeks.size()), weeks.size());
  }
}
