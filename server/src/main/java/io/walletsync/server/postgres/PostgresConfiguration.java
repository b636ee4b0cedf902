package io.walletsync.server.postgres;

import io.walletsync.core.access.ApiKeys;
import io.walletsync.core.access.Nonces;
import io.walletsync.core.alert.Alerts;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.balance.BalanceFreshness;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.QuarantinedReadings;
import io.walletsync.core.bulk.SyncRuns;
import io.walletsync.core.delivery.Deliveries;
import io.walletsync.core.event.EventLanes;
import io.walletsync.core.event.ProviderEvents;
import io.walletsync.core.judgement.Evidence;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.movement.MovementFindings;
import io.walletsync.core.movement.MovementImports;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.notification.Bookmarks;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.payout.Reservations;
import io.walletsync.core.position.WalletStandings;
import io.walletsync.core.provider.CallAllowances;
import io.walletsync.core.reconciliation.Reconciliations;
import io.walletsync.core.retention.RetentionTicks;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.runway.OutflowPlans;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.core.sync.SyncRequests;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.WalletClosures;
import io.walletsync.core.wallet.Wallets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Offers the PostgreSQL adapters as ports of the core. */
@Configuration(proxyBeanMethods = false)
public class PostgresConfiguration {
  @Bean
  Transactions transactions(PlatformTransactionManager manager, JdbcClient jdbc) {
    return new PostgresTransactions(manager, jdbc);
  }

  @Bean
  SecretVault secretVault(MasterKey masterKey) {
    return new SecretVault(masterKey);
  }

  @Bean
  ApiKeys apiKeys(JdbcClient jdbc, SecretVault vault) {
    return new PostgresApiKeys(jdbc, vault);
  }

  @Bean
  Nonces nonces(JdbcClient jdbc) {
    return new PostgresNonces(jdbc);
  }

  @Bean
  Connections connections(JdbcClient jdbc, SecretVault vault) {
    return new PostgresConnections(jdbc, vault);
  }

  @Bean
  Wallets wallets(JdbcClient jdbc) {
    return new PostgresWallets(jdbc);
  }

  @Bean
  BalanceSnapshots balanceSnapshots(JdbcClient jdbc) {
    return new PostgresBalanceSnapshots(jdbc);
  }

  @Bean
  QuarantinedReadings quarantinedReadings(JdbcClient jdbc) {
    return new PostgresQuarantinedReadings(jdbc);
  }

  @Bean
  BalanceHistory balanceHistory(JdbcClient jdbc) {
    return new PostgresBalanceHistory(jdbc);
  }

  @Bean
  OutflowPlans outflowPlans(JdbcClient jdbc) {
    return new PostgresOutflowPlans(jdbc);
  }

  @Bean
  Reservations reservations(JdbcClient jdbc) {
    return new PostgresReservations(jdbc);
  }

  @Bean
  WalletClosures walletClosures(JdbcClient jdbc) {
    return new PostgresWalletClosures(jdbc);
  }

  @Bean
  WalletStandings walletStandings(JdbcClient jdbc) {
    return new PostgresWalletStandings(jdbc);
  }

  @Bean
  BalanceFreshness balanceFreshness(JdbcClient jdbc) {
    return new PostgresBalanceFreshness(jdbc);
  }

  @Bean
  SyncRequests syncRequests(JdbcClient jdbc) {
    return new PostgresSyncRequests(jdbc);
  }

  @Bean
  SyncRuns syncRuns(JdbcClient jdbc) {
    return new PostgresSyncRuns(jdbc);
  }

  @Bean
  ProviderEvents providerEvents(JdbcClient jdbc, SecretVault vault) {
    return new PostgresProviderEvents(jdbc, vault);
  }

  @Bean
  EventLanes eventLanes(JdbcClient jdbc) {
    return new PostgresEventLanes(jdbc);
  }

  @Bean
  SyncQueue syncQueue(JdbcClient jdbc) {
    return new PostgresSyncQueue(jdbc);
  }

  @Bean
  CallAllowances callAllowances(JdbcClient jdbc) {
    return new PostgresCallAllowances(jdbc);
  }

  @Bean
  Outbox outbox(JdbcClient jdbc) {
    var outbox = new PostgresOutbox(jdbc);
    outbox.beginEpochIfMoved();
    return outbox;
  }

  @Bean
  Bookmarks bookmarks(JdbcClient jdbc) {
    return new PostgresBookmarks(jdbc);
  }

  @Bean
  Subscriptions subscriptions(JdbcClient jdbc, SecretVault vault) {
    return new PostgresSubscriptions(jdbc, vault);
  }

  @Bean
  Deliveries deliveries(JdbcClient jdbc) {
    return new PostgresDeliveries(jdbc);
  }

  @Bean
  RetentionTicks retentionTicks(JdbcClient jdbc) {
    return new PostgresRetentionTicks(jdbc);
  }

  @Bean
  Movements movements(JdbcClient jdbc) {
    return new PostgresMovements(jdbc);
  }

  @Bean
  MovementImports movementImports(JdbcClient jdbc) {
    return new PostgresMovementImports(jdbc);
  }

  @Bean
  MovementFindings movementFindings(JdbcClient jdbc) {
    return new PostgresMovementFindings(jdbc);
  }

  @Bean
  Reconciliations reconciliations(JdbcClient jdbc) {
    return new PostgresReconciliations(jdbc);
  }

  @Bean
  AlertRules alertRules(JdbcClient jdbc) {
    return new PostgresAlertRules(jdbc);
  }

  @Bean
  Alerts alerts(JdbcClient jdbc) {
    return new PostgresAlerts(jdbc);
  }

  @Bean
  Evidence evidence(JdbcClient jdbc) {
    return new PostgresEvidence(jdbc);
  }

  @Bean
  AuditTrail auditTrail(JdbcClient jdbc) {
    return new PostgresAuditTrail(jdbc);
  }
}
