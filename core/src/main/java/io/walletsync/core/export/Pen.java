package io.walletsync.core.export;

import io.walletsync.core.analytics.Period;
import io.walletsync.core.balance.BalancePoint;
import io.walletsync.core.export.DrawStatement.Line;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes a statement line by line while the states of the period pass by. */
final class Pen {
  private final Period period;
  private final MovementRows moved;
  private final Consumer<Line> lines;
  private boolean isOpened;
  private @Nullable BigDecimal opening;
  private @Nullable BigDecimal balance;

  Pen(Period period, MovementRows moved, Consumer<Line> lines) {
    this.period = period;
    this.moved = moved;
    this.lines = lines;
  }

  void write(BalancePoint point) {
    if (point.asOf().isBefore(period.from())) {
      opening = point.available();
      balance = opening;
      return;
    }
    open();
    move(point.asOf());
    var change = balance == null ? null : point.available().subtract(balance);
    balance = point.available();
    lines.accept(new Line.Change(point.asOf(), point.sequence(), change, point.available()));
  }

  private void open() {
    if (!isOpened) {
      isOpened = true;
      lines.accept(new Line.Opening(period.from(), opening));
    }
  }

  /** What moved the money until a change was seen comes before it. */
  private void move(Instant until) {
    for (var next = moved.peek();
        next != null && !next.occurredAt().isAfter(until);
        next = moved.peek()) {
      lines.accept(new Line.Moved(moved.next()));
    }
  }

  void close() {
    open();
    move(period.to());
    var change = opening == null || balance == null ? null : balance.subtract(opening);
    lines.accept(new Line.Closing(period.to(), change, balance));
  }
}
