package io.walletsync.server.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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
import io.walletsync.core.reconciliation.Reconciliations;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.runway.OutflowPlans;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.core.sync.SyncRequests;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.WalletClosures;
import io.walletsync.core.wallet.Wallets;
import io.walletsync.server.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The adapters as the application has them: through a pool, as the role that owns nothing. */
final class Ports {
  private static final TestDatabase DATABASE = TestDatabase.migrated();
  private static final HikariDataSource POOL = pool();
  private static final SecretVault VAULT = new SecretVault(MasterKey.of(new byte[32]));

  private Ports() {}

  static Transactions transactions() {
    return new PostgresTransactions(new JdbcTransactionManager(POOL), JdbcClient.create(POOL));
  }

  static Connections connections() {
    return new PostgresConnections(jdbc(), VAULT);
  }

  static Wallets wallets() {
    return new PostgresWallets(jdbc());
  }

  static BalanceSnapshots snapshots() {
    return new PostgresBalanceSnapshots(jdbc());
  }

  static QuarantinedReadings quarantine() {
    return new PostgresQuarantinedReadings(jdbc());
  }

  static BalanceHistory history() {
    return new PostgresBalanceHistory(jdbc());
  }

  static WalletClosures closures() {
    return new PostgresWalletClosures(jdbc());
  }

  static WalletStandings standings() {
    return new PostgresWalletStandings(jdbc());
  }

  static BalanceFreshness freshness() {
    return new PostgresBalanceFreshness(jdbc());
  }

  static SyncRequests syncRequests() {
    return new PostgresSyncRequests(jdbc());
  }

  static SyncRuns syncRuns() {
    return new PostgresSyncRuns(jdbc());
  }

  static ProviderEvents providerEvents() {
    return new PostgresProviderEvents(jdbc(), VAULT);
  }

  static EventLanes eventLanes() {
    return new PostgresEventLanes(jdbc());
  }

  static SyncQueue syncQueue() {
    return new PostgresSyncQueue(jdbc());
  }

  static MovementImports movementImports() {
    return new PostgresMovementImports(jdbc());
  }

  static MovementFindings movementFindings() {
    return new PostgresMovementFindings(jdbc());
  }

  static Movements movements() {
    return new PostgresMovements(jdbc());
  }

  static Reconciliations reconciliations() {
    return new PostgresReconciliations(jdbc());
  }

  static Bookmarks bookmarks() {
    return new PostgresBookmarks(jdbc());
  }

  static OutflowPlans outflowPlans() {
    return new PostgresOutflowPlans(jdbc());
  }

  static Reservations reservations() {
    return new PostgresReservations(jdbc());
  }

  static Subscriptions subscriptions() {
    return new PostgresSubscriptions(jdbc(), VAULT);
  }

  static Deliveries deliveries() {
    return new PostgresDeliveries(jdbc());
  }

  static Outbox outbox() {
    return new PostgresOutbox(jdbc());
  }

  /** An event becomes one of a transaction that this server has yet to begin. */
  static void asFromAnotherServer(UUID event) {
    var owner = JdbcClient.create(DATABASE.asOwner());
    owner.sql("alter table outbox_event disable trigger outbox_event_is_append_only").update();
    owner
        .sql("update outbox_event set transaction_id = '900000000000' where event_id = ?")
        .param(event)
        .update();
    owner.sql("alter table outbox_event enable trigger outbox_event_is_append_only").update();
  }

  static AlertRules alertRules() {
    return new PostgresAlertRules(jdbc());
  }

  static Alerts alerts() {
    return new PostgresAlerts(jdbc());
  }

  static Evidence evidence() {
    return new PostgresEvidence(jdbc());
  }

  static AuditTrail auditTrail() {
    return new PostgresAuditTrail(jdbc());
  }

  static ApiKeys apiKeys() {
    return new PostgresApiKeys(jdbc(), VAULT);
  }

  static Nonces nonces() {
    return new PostgresNonces(jdbc());
  }

  static DataSource dataSource() {
    return POOL;
  }

  /** The application's own view of the database. */
  static JdbcClient jdbc() {
    return JdbcClient.create(POOL);
  }

  /** One connection of the application's, to be given back. */
  static Connection session() throws SQLException {
    return POOL.getConnection();
  }

  /** Deletes what the application may delete, for contracts that begin with nothing. */
  static void forgetAccess() {
    jdbc().sql("delete from nonce").update();
    jdbc().sql("delete from bootstrap_secret").update();
    jdbc().sql("delete from api_key_secret").update();
    jdbc().sql("delete from api_key").update();
  }

  private static HikariDataSource pool() {
    var config = new HikariConfig();
    config.setDataSource(DATABASE.asApplication());
    config.setMaximumPoolSize(16);
    return new HikariDataSource(config);
  }
}
