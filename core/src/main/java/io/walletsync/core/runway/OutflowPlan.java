package io.walletsync.core.runway;

import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What is to leave a wallet, and what shall stay in it; replaced as a whole.
 *
 * @param minimum what the balance shall not fall below
 * @param outflows in the order of their times
 * @param changedAt by the database's clock
 * @param changedBy who said so
 */
public record OutflowPlan(
    WalletId wallet,
    Money minimum,
    List<PlannedOutflow> outflows,
    Instant changedAt,
    String changedBy) {
  public static final int MOST = 1_000;

  private static final Comparator<PlannedOutflow> IN_ORDER =
      Comparator.comparing(PlannedOutflow::at).thenComparing(PlannedOutflow::reference);

  public OutflowPlan {
    outflows = outflows.stream().sorted(IN_ORDER).toList();
  }

  /** Whether it plans the same, whoever said so and when. */
  boolean saysTheSameAs(OutflowPlan other) {
    return minimum.equals(other.minimum) && outflows.equals(other.outflows);
  }
}
