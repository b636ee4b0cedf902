package io.walletsync.core.movement;

import io.walletsync.core.balance.BalancePoint;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.movement.ExplainedChange.State;
import io.walletsync.core.movement.Movements.Order;
import io.walletsync.core.movement.Movements.Query;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays movements between snapshots, so many at once as memory has room for. */
final class Explanations {
  /** How many movements are held at once. */
  static final int MOST_HELD = 10_000;

  /** How many are named for one change; how many there are is told in any case. */
  static final int MOST_KEYS = 100;

  private static final Duration MOMENT = Duration.ofNanos(1_000);

  private final Movements movements;

  Explanations(Movements movements) {
    this.movements = movements;
  }

  /**
   * Explains each snapshot but the first, which is where the first change begins.
   *
   * @param snapshots of the wallet, one after the other without one missing
   */
  List<ExplainedChange> of(
      WalletId wallet,
      CurrencyCode currency,
      List<BalancePoint> snapshots,
      Optional<Coverage> coverage) {
    if (snapshots.size() < 2) {
      return List.of();
    }
    var from = snapshots.getFirst().asOf().minus(Timeline.SLACK);
    var until = snapshots.getLast().asOf().plus(Timeline.SLACK).plus(MOMENT);
    if (movements.sum(wallet, from, until).count() <= MOST_HELD) {
      var query = new Query(wallet, from, until, Order.OLDEST_FIRST, null, MOST_HELD);
      return byChain(Timeline.of(movements.page(query).items()), currency, snapshots, coverage);
    }
    if (snapshots.size() == 2) {
      return List.of(byTimeAlone(wallet, currency, snapshots, coverage));
    }
    var half = snapshots.size() / 2;
    var explained = new ArrayList<ExplainedChange>();
    explained.addAll(of(wallet, currency, snapshots.subList(0, half + 1), coverage));
    explained.addAll(of(wallet, currency, snapshots.subList(half, snapshots.size()), coverage));
    return explained;
  }

  private static List<ExplainedChange> byChain(
      Timeline timeline,
      CurrencyCode currency,
      List<BalancePoint> snapshots,
      Optional<Coverage> coverage) {
    var explained = new ArrayList<ExplainedChange>();
    var cut = timeline.cut(snapshots.getFirst(), 0);
    for (var i = 1; i < snapshots.size(); i++) {
      var next = timeline.cut(snapshots.get(i), cut);
      var between = timeline.between(cut, next);
      explained.add(
          change(
              currency,
              snapshots.get(i - 1),
              snapshots.get(i),
              between.stream()
                  .map(movement -> movement.difference().amount())
                  .reduce(BigDecimal.ZERO, BigDecimal::add),
              between.size(),
              between.stream().limit(MOST_KEYS).map(ProviderMovement::key).toList(),
              coverage));
      cut = next;
    }
    return explained;
  }

  /** So many between two snapshots that their order is not looked at. */
  private ExplainedChange byTimeAlone(
      WalletId wallet, CurrencyCode currency, List<BalancePoint> two, Optional<Coverage> coverage) {
    var from = two.getFirst().asOf().plus(MOMENT);
    var until = two.getLast().asOf().plus(MOMENT);
    var total = movements.sum(wallet, from, until);
    var first = movements.page(new Query(wallet, from, until, Order.OLDEST_FIRST, null, MOST_KEYS));
    return change(
        currency,
        two.getFirst(),
        two.getLast(),
        total.difference(),
        total.count(),
        first.items().stream().map(ProviderMovement::key).toList(),
        coverage);
  }

  private static ExplainedChange change(
      CurrencyCode currency,
      BalancePoint from,
      BalancePoint to,
      BigDecimal sum,
      long count,
      List<String> keys,
      Optional<Coverage> coverage) {
    var change = to.available().subtract(from.available());
    var unexplained = change.subtract(sum);
    return new ExplainedChange(
        to.sequence(),
        from.asOf(),
        to.asOf(),
        new Money(change, currency),
        new Money(sum, currency),
        new Money(unexplained, currency),
        count,
        keys,
        state(unexplained, from, to, coverage));
  }

  private static State state(
      BigDecimal unexplained, BalancePoint from, BalancePoint to, Optional<Coverage> coverage) {
    if (unexplained.signum() == 0) {
      return State.EXPLAINED;
    }
    return coverage.map(all -> all.contains(from.asOf(), to.asOf())).orElse(false)
        ? State.UNEXPLAINED
        : State.NOT_IMPORTED;
  }
}
