package io.walletsync.core.memory;

import io.walletsync.core.runway.OutflowPlan;
import io.walletsync.core.runway.OutflowPlans;
import io.walletsync.core.wallet.WalletId;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

final class InMemoryOutflowPlans implements OutflowPlans {
  private final InMemoryTransactions transactions;
  private final Table<WalletId, OutflowPlan> table;

  InMemoryOutflowPlans(InMemoryTransactions transactions) {
    this.transactions = transactions;
    this.table = transactions.table();
  }

  @Override
  public Map<WalletId, OutflowPlan> find(Set<WalletId> wallets) {
    return transactions.inTransaction(
        () ->
            table.rows().values().stream()
                .filter(plan -> wallets.contains(plan.wallet()))
                .collect(Collectors.toUnmodifiableMap(OutflowPlan::wallet, Function.identity())));
  }

  @Override
  public void replace(OutflowPlan plan) {
    table.rows().put(plan.wallet(), plan);
  }
}
