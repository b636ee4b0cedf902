package io.walletsync.core.export;

import io.walletsync.core.analytics.Period;
import io.walletsync.core.balance.BalancePoint;
import io.walletsync.core.export.DrawStatement.Line;
import io.walletsync.core.movement.Coverage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes a statement line by line while the states of the period pass by. */
final class Pen {
  private final Period period;
  private final MovementRows moved;
  private final @Nullable Coverage complete;
  private final Consumer<Line> lines;
  private boolean isOpened;
  private @Nullable BigDecimal opening;
  private @Nullable BigDecimal balance;

  /**
   * A pen that has written nothing.
   *
   * @param complete of which time the movements are all there; null where none was imported
   */
  Pen(Period period, MovementRows moved, @Nullable Coverage complete, Consumer<Line> lines) {
    this.period = period;
    this.moved = moved;
    this.complete = complete;
    this.lines = lines;
  }

  void write(BalancePoint point) {
    if (point.asOf().isBefore(period.from())) {
      opening = point.available();
      balance = opening;
      return;
    }
    open();
    if (balance != null && balance.compareTo(point.available()) == 0) {
      // the ledger or what is locked moved: no line of a statement of the available amount
      return;
    }
    move(point.asOf());
    var change = balance == null ? null : point.available().subtract(balance);
    balance = point.available();
    lines.accept(new Line.Change(point.asOf(), point.sequence(), change, point.available()));
  }

  private void open() {
    if (!isOpened) {
      isOpened = true;
      lines.accept(new Line.Opening(period.from(), opening));
      if (complete != null && period.from().isBefore(complete.from())) {
        lines.accept(new Line.CompleteFrom(complete.from()));
      }
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
    var known = complete == null ? null : complete.until();
    if (known == null || known.isBefore(period.to())) {
      lines.accept(new Line.CompleteTo(known));
    }
    var change = opening == null || balance == null ? null : balance.subtract(opening);
    lines.accept(new Line.Closing(period.to(), change, balance));
  }
}
