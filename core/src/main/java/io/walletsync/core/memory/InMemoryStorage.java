package io.walletsync.core.memory;

import io.walletsync.core.alert.Alerts;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.balance.BalanceFreshness;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.LateReading;
import io.walletsync.core.balance.QuarantinedReadings;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.bulk.SyncRuns;
import io.walletsync.core.delivery.Deliveries;
import io.walletsync.core.event.EventLanes;
import io.walletsync.core.event.ProviderEvents;
import io.walletsync.core.judgement.ChannelSilence;
import io.walletsync.core.judgement.Evidence;
import io.walletsync.core.judgement.Runways;
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
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.runway.OutflowPlans;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.core.sync.SyncRequests;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.WalletClosures;
import io.walletsync.core.wallet.Wallets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Hands out the in-memory ports; they share one set of transactions, as tables of a database do.
 */
public final class InMemoryStorage {
  private final InMemoryTransactions transactions = new InMemoryTransactions();
  private final InMemoryConnections connections;
  private final InMemoryWallets wallets;
  private final WalletClosures closures = new InMemoryWalletClosures(transactions);
  private final InMemoryAuditTrail auditTrail = new InMemoryAuditTrail(transactions);
  private final InMemoryQuarantinedReadings quarantine =
      new InMemoryQuarantinedReadings(transactions);
  private final InMemoryBalanceSnapshots snapshots;
  private final WalletStandings standings;
  private final BalanceFreshness freshness;
  private final InMemorySyncRequests syncRequests;
  private final SyncRuns syncRuns;
  private final ProviderEvents providerEvents;
  private final EventLanes eventLanes;
  private final CallAllowances callAllowances;
  private final SyncQueue syncQueue;
  private final Movements movements = new InMemoryMovements(transactions);
  private final InMemoryMovementFindings movementFindings;
  private final MovementImports movementImports;
  private final InMemoryReconciliations reconciliations;
  private final Bookmarks bookmarks;
  private final Outbox outbox = new InMemoryOutbox(transactions);
  private final OutflowPlans outflowPlans = new InMemoryOutflowPlans(transactions);
  private final Reservations reservations;

  private final InMemoryAlertRules alertRules;
  private final InMemoryAlerts alerts;
  private final Evidence evidence;
  private final Subscriptions subscriptions;
  private final Deliveries deliveries;

  /** The clock stands for the database's. */
  public InMemoryStorage(InstantSource clock) {
    var places = new InMemoryPlaces(transactions, clock);
    wallets = new InMemoryWallets(transactions, places);
    connections = new InMemoryConnections(transactions, places, clock);
    snapshots = new InMemoryBalanceSnapshots(transactions, wallets, quarantine, clock);
    standings = new InMemoryWalletStandings(transactions, wallets, snapshots, places);
    freshness = new InMemoryBalanceFreshness(snapshots, wallets, clock);
    syncRequests = new InMemorySyncRequests(transactions, clock);
    syncRuns = new InMemorySyncRuns(transactions, wallets, clock);
    Table<UUID, EventRow> events = transactions.table();
    providerEvents = new InMemoryProviderEvents(transactions, events, clock);
    eventLanes = new InMemoryEventLanes(transactions, connections, events, clock);
    callAllowances = new InMemoryCallAllowances(transactions, clock);
    syncQueue = new InMemorySyncQueue(transactions, places, snapshots);
    bookmarks = new InMemoryBookmarks(transactions, clock);
    Table<UUID, List<DeliveryRow>> kept = transactions.table();
    subscriptions = new InMemorySubscriptions(transactions, kept, clock);
    deliveries = new InMemoryDeliveries(transactions, kept, subscriptions, clock);
    movementFindings = new InMemoryMovementFindings(transactions, wallets);
    movementImports = new InMemoryMovementImports(transactions, wallets, clock);
    reconciliations = new InMemoryReconciliations(transactions, snapshots, clock);
    reservations = new InMemoryReservations(transactions, clock);
    alertRules = new InMemoryAlertRules(transactions, clock);
    alerts = new InMemoryAlerts(transactions, alertRules, clock);
    evidence =
        new InMemoryEvidence(
            transactions, wallets, snapshots, places, reconciliations, movementFindings, clock);
  }

  public Transactions transactions() {
    return transactions;
  }

  public Connections connections() {
    return connections;
  }

  public Wallets wallets() {
    return wallets;
  }

  public WalletClosures closures() {
    return closures;
  }

  public BalanceSnapshots snapshots() {
    return snapshots;
  }

  public QuarantinedReadings quarantine() {
    return quarantine;
  }

  public BalanceHistory history() {
    return new InMemoryBalanceHistory(snapshots);
  }

  public WalletStandings standings() {
    return standings;
  }

  public BalanceFreshness freshness() {
    return freshness;
  }

  public SyncRequests syncRequests() {
    return syncRequests;
  }

  public SyncRuns syncRuns() {
    return syncRuns;
  }

  public ProviderEvents providerEvents() {
    return providerEvents;
  }

  public EventLanes eventLanes() {
    return eventLanes;
  }

  public CallAllowances callAllowances() {
    return callAllowances;
  }

  public SyncQueue syncQueue() {
    return syncQueue;
  }

  public Movements movements() {
    return movements;
  }

  public MovementImports movementImports() {
    return movementImports;
  }

  public MovementFindings movementFindings() {
    return movementFindings;
  }

  public Reconciliations reconciliations() {
    return reconciliations;
  }

  public Bookmarks bookmarks() {
    return bookmarks;
  }

  public Subscriptions subscriptions() {
    return subscriptions;
  }

  public Deliveries deliveries() {
    return deliveries;
  }

  public Outbox outbox() {
    return outbox;
  }

  public AlertRules alertRules() {
    return alertRules;
  }

  public Alerts alerts() {
    return alerts;
  }

  public Evidence evidence() {
    return evidence;
  }

  /** Nothing is silent, for there are no channels. */
  public ChannelSilence channelSilence() {
    return _ -> List.of();
  }

  /** No end is in sight for any balance. */
  public Runways runways() {
    return _ -> Map.of();
  }

  public OutflowPlans outflowPlans() {
    return outflowPlans;
  }

  public Reservations reservations() {
    return reservations;
  }

  public AuditTrail auditTrail() {
    return auditTrail;
  }

  /** All snapshots in the order they were made, for tests to look at. */
  public List<WalletBalanceSnapshot> allSnapshots() {
    return snapshots.all();
  }

  /** All late readings, for tests to look at. */
  public List<LateReading> allLateReadings() {
    return snapshots.allLate();
  }
}
