package io.walletsync.server.config;

import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.payout.CheckPayout;
import io.walletsync.core.payout.ConfirmPayout;
import io.walletsync.core.payout.CoverOpenReservations;
import io.walletsync.core.payout.ListReservations;
import io.walletsync.core.payout.ReleasePayout;
import io.walletsync.core.payout.Reservations;
import io.walletsync.core.runway.ForecastRunway;
import io.walletsync.core.runway.OutflowPlans;
import io.walletsync.core.runway.PlanOutflows;
import io.walletsync.core.sync.SyncWallets;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The use cases of payouts: how long the money lasts, and whether it can be paid. */
@Configuration(proxyBeanMethods = false)
class PayoutConfiguration {
  @Bean
  ForecastRunway forecastRunway(
      BalanceSnapshots snapshots,
      BalanceHistory history,
      OutflowPlans plans,
      Reservations reservations) {
    return new ForecastRunway(snapshots, history, plans, reservations);
  }

  @Bean
  PlanOutflows planOutflows(
      BalanceSnapshots snapshots, OutflowPlans plans, Transactions transactions, Auditor auditor) {
    return new PlanOutflows(snapshots, plans, transactions, auditor);
  }

  @Bean
  CheckPayout checkPayout(
      BalanceSnapshots snapshots,
      Reservations reservations,
      BalanceHistory history,
      Movements movements,
      SyncWallets syncWallets,
      Transactions transactions,
      Auditor auditor,
      Ids ids) {
    return new CheckPayout(
        snapshots, reservations, history, movements, syncWallets, transactions, auditor, ids);
  }

  @Bean
  ConfirmPayout confirmPayout(
      BalanceSnapshots snapshots,
      Reservations reservations,
      Transactions transactions,
      Auditor auditor) {
    return new ConfirmPayout(snapshots, reservations, transactions, auditor);
  }

  @Bean
  ReleasePayout releasePayout(
      BalanceSnapshots snapshots,
      Reservations reservations,
      BalanceHistory history,
      Movements movements,
      Transactions transactions,
      Auditor auditor) {
    return new ReleasePayout(snapshots, reservations, history, movements, transactions, auditor);
  }

  @Bean
  RecurringTasks.More covering(
      BalanceSnapshots snapshots,
      Reservations reservations,
      BalanceHistory history,
      Movements movements,
      Transactions transactions,
      Auditor auditor) {
    var coverOpenReservations =
        new CoverOpenReservations(
            snapshots, reservations, history, movements, transactions, auditor);
    return new RecurringTasks.More(
        List.of(
            new RecurringTasks.Task(
                "cover_reservations",
                isStopping ->
                    coverOpenReservations.cover(new CoverOpenReservations.Command(isStopping)))));
  }

  @Bean
  ListReservations listReservations(BalanceSnapshots snapshots, Reservations reservations) {
    return new ListReservations(snapshots, reservations);
  }
}
