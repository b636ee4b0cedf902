package io.walletsync.core.movement;

import io.walletsync.core.balance.BalancePoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes snapshots in their order and looks at so many at once. */
final class ChangeWalk {
  private static final int AT_ONCE = 100;

  private final Function<List<BalancePoint>, List<ExplainedChange>> unexplained;
  private final BooleanSupplier goesOn;
  private final List<BalancePoint> part = new ArrayList<>();
  private final List<ExplainedChange> found = new ArrayList<>();
  private long first;
  private @Nullable Instant newest;
  private boolean isStopped;

  ChangeWalk(
      Function<List<BalancePoint>, List<ExplainedChange>> unexplained, BooleanSupplier goesOn) {
    this.unexplained = unexplained;
    this.goesOn = goesOn;
  }

  void add(BalancePoint snapshot) {
    if (isStopped) {
      return;
    }
    if (newest == null) {
      first = snapshot.sequence();
    }
    newest = snapshot.asOf();
    part.add(snapshot);
    if (part.size() == AT_ONCE) {
      found.addAll(unexplained.apply(List.copyOf(part)));
      part.subList(0, AT_ONCE - 1).clear();
      isStopped = !goesOn.getAsBoolean();
    }
  }

  /** False where it was stopped on the way. */
  boolean end() {
    if (!isStopped) {
      found.addAll(unexplained.apply(List.copyOf(part)));
    }
    return !isStopped;
  }

  /** The sequence of the first one. */
  long first() {
    return first;
  }

  /** The time of the newest one; null where there was none. */
  @Nullable Instant newest() {
    return newest;
  }

  List<ExplainedChange> found() {
    return found;
  }
}
