package io.walletsync.server.config;

import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.reconciliation.CompareBalances;
import io.walletsync.core.reconciliation.DifferenceListener;
import io.walletsync.core.reconciliation.ExpectBalances;
import io.walletsync.core.reconciliation.ReconcileBalances;
import io.walletsync.core.reconciliation.Reconciliations;
import io.walletsync.core.reconciliation.SettleReconciliation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The use cases that hold the user's books against the providers' balances. */
@Configuration(proxyBeanMethods = false)
class ReconciliationConfiguration {
  /** With the pause between rounds: at most half a thread, however much is pending. */
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);

  @Bean
  CompareBalances compareBalances(
      Reconciliations reconciliations,
      BalanceSnapshots snapshots,
      BalanceHistory history,
      Movements movements,
      Auditor auditor,
      List<DifferenceListener> listeners) {
    return new CompareBalances(reconciliations, snapshots, history, movements, auditor, listeners);
  }

  @Bean
  ExpectBalances expectBalances(
      BalanceSnapshots snapshots,
      Reconciliations reconciliations,
      CompareBalances compareBalances,
      Transactions transactions,
      Auditor auditor,
      List<DifferenceListener> listeners,
      Ids ids) {
    return new ExpectBalances(
        snapshots, reconciliations, compareBalances, transactions, auditor, listeners, ids);
  }

  @Bean
  SettleReconciliation settleReconciliation(
      Reconciliations reconciliations,
      Transactions transactions,
      Auditor auditor,
      List<DifferenceListener> listeners,
      InstantSource clock) {
    return new SettleReconciliation(reconciliations, transactions, auditor, listeners, clock);
  }

  @Bean
  ReconcileBalances reconcileBalances(
      Reconciliations reconciliations,
      CompareBalances compareBalances,
      Transactions transactions,
      InstantSource clock) {
    return new ReconcileBalances(
        reconciliations, compareBalances, transactions, clock, LONGEST_ROUND);
  }

  @Bean
  RecurringTasks.More reconcileTask(ReconcileBalances reconcileBalances) {
    return new RecurringTasks.More(
        List.of(
            new RecurringTasks.Task(
                "reconcile_balances",
                isStopping ->
                    reconcileBalances.reconcile(new ReconcileBalances.Command(isStopping)))));
  }
}
