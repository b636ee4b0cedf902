package io.walletsync.core.movement;

import io.walletsync.core.balance.BalancePoint;
import io.walletsync.core.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Movements in the order of their chain, and where in it a snapshot belongs: behind the movement
 * that left its balance, if one did within {@link #SLACK} of its time, else where the time alone
 * puts it.
 */
final class Timeline {
  /** How far the clocks of a provider and of the database may differ without being noticed. */
  static final Duration SLACK = Duration.ofMinutes(2);

  private final List<ProviderMovement> inOrder;

  private Timeline(List<ProviderMovement> inOrder) {
    this.inOrder = inOrder;
  }

  /** Of movements by their times. */
  static Timeline of(Collection<ProviderMovement> byTime) {
    var inOrder = new ArrayList<ProviderMovement>(byTime.size());
    var chain = new Chain(link -> inOrder.add(link.movement()));
    byTime.forEach(chain::add);
    chain.end();
    return new Timeline(inOrder);
  }

  List<ProviderMovement> between(int cut, int laterCut) {
    return inOrder.subList(cut, laterCut);
  }

  /**
   * How many of the movements came before a snapshot.
   *
   * @param atLeast how many came before an earlier one
   */
  int cut(BalancePoint snapshot, int atLeast) {
    var byTime = Math.max(byTime(snapshot.asOf()), atLeast);
    for (var cut = byTime; cut >= atLeast; cut--) {
      if (leaves(cut, snapshot.available())) {
        return cut;
      }
      // a read that took a while may have been answered before the last movements
      if (cut == 0 || isFar(inOrder.get(cut - 1), snapshot)) {
        break;
      }
    }
    for (var cut = byTime + 1; cut <= inOrder.size(); cut++) {
      if (isFar(inOrder.get(cut - 1), snapshot)) {
        break;
      }
      if (leaves(cut, snapshot.available())) {
        return cut;
      }
    }
    return byTime;
  }

  private int byTime(Instant time) {
    var count = 0;
    while (count < inOrder.size() && !inOrder.get(count).occurredAt().isAfter(time)) {
      count++;
    }
    return count;
  }

  private boolean leaves(int cut, BigDecimal available) {
    @Nullable Money balance = null;
    if (cut > 0) {
      balance = inOrder.get(cut - 1).balanceAfter();
    } else if (!inOrder.isEmpty()) {
      balance = inOrder.getFirst().balanceBefore();
    }
    return balance != null && balance.amount().compareTo(available) == 0;
  }

  private static boolean isFar(ProviderMovement movement, BalancePoint snapshot) {
    return Duration.between(movement.occurredAt(), snapshot.asOf()).abs().compareTo(SLACK) > 0;
  }
}
