package io.walletsync.core.analytics;

import io.walletsync.core.balance.BalancePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Folds the states of a wallet, oldest first, into buckets; it holds one state at a time. */
final class Curve implements Consumer<BalancePoint> {
  private final List<Period> periods;
  private final int writtenDecimals;
  private final List<Bucket> closed = new ArrayList<>();
  private Tally open;

  /** The periods follow each other without a gap. */
  Curve(List<Period> periods, int writtenDecimals) {
    this.periods = periods;
    this.writtenDecimals = writtenDecimals;
    this.open = Tally.entered(periods.getFirst(), null);
  }

  @Override
  public void accept(BalancePoint point) {
    if (point.asOf().isBefore(periods.getFirst().from())) {
      open = Tally.entered(periods.getFirst(), point.available());
      return;
    }
    while (!point.asOf().isBefore(open.period().to())) {
      closed.add(open.closed(writtenDecimals));
      open = Tally.entered(periods.get(closed.size()), open.current());
    }
    open = open.with(point);
  }

  /** All buckets, once every state of the period was handed over. */
  List<Bucket> buckets() {
    var all = new ArrayList<>(closed);
    var last = open;
    all.add(last.closed(writtenDecimals));
    while (all.size() < periods.size()) {
      last = Tally.entered(periods.get(all.size()), last.current());
      all.add(last.closed(writtenDecimals));
    }
    return List.copyOf(all);
  }
}
