package io.walletsync.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.ExampleObservation;
import io.walletsync.core.balance.Look;
import io.walletsync.core.balance.QuarantinedReadings;
import io.walletsync.core.balance.RecordBalances;
import io.walletsync.core.balance.Settlements;
import io.walletsync.core.judgement.ChannelSilence;
import io.walletsync.core.judgement.Evidence;
import io.walletsync.core.judgement.GatherCircumstances;
import io.walletsync.core.judgement.Runways;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Notification.Occurrence;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.rule.AlertScope;
import io.walletsync.core.rule.Condition;
import io.walletsync.core.rule.ConditionFields;
import io.walletsync.core.rule.RulesInForce;
import io.walletsync.core.rule.Severity;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Wallets in memory whose balances are recorded with alerts in force; the clock is the test's. */
final class AlertWorld {
  static final Actor ACTOR = Examples.actor();

  final MutableClock clock;
  final InMemoryStorage storage;
  final List<ChannelSilence.Silent> silent = new ArrayList<>();
  final Map<WalletId, Runways.Lasting> runways = new HashMap<>();
  final List<AlertKind> failures = new ArrayList<>();
  final Connection connection = Examples.connection();
  private final Auditor auditor;
  private final RulesInForce inForce;
  private final GatherCircumstances gather;
  private final AlertObserver observer;
  final JudgeWallets judgeWallets;
  final LookAtRules lookAtRules;
  final LookAfterAlerts lookAfterAlerts;
  final RecordBalances recordBalances;
  private final CreateAlertRule createAlertRule;
  private final ChangeAlertRule changeAlertRule;
  private final DeleteAlertRule deleteAlertRule;
  private final SettleAlert settleAlert;

  AlertWorld() {
    this(new MutableClock(Examples.MORNING.plusSeconds(3_600)), new SequentialIds());
  }

  private AlertWorld(MutableClock clock, Ids ids) {
    this(clock, new InMemoryStorage(clock), ids, Ports.AS_THEY_ARE);
  }

  /** A process of its own over what is there. */
  AlertWorld(MutableClock clock, InMemoryStorage storage, Ids ids, Ports ports) {
    this.clock = clock;
    this.storage = storage;
    var alertRules = ports.of(AlertRules.class, storage.alertRules());
    var alerts = ports.of(Alerts.class, storage.alerts());
    var wallets = ports.of(Wallets.class, storage.wallets());
    var connections = ports.of(Connections.class, storage.connections());
    var snapshots = ports.of(BalanceSnapshots.class, storage.snapshots());
    var quarantine = ports.of(QuarantinedReadings.class, storage.quarantine());
    var outbox = ports.of(Outbox.class, storage.outbox());
    var transactions = ports.of(Transactions.class, storage.transactions());
    var auditTrail = ports.of(AuditTrail.class, storage.auditTrail());
    var evidence = ports.of(Evidence.class, storage.evidence());
    var syncQueue = ports.of(SyncQueue.class, storage.syncQueue());
    this.auditor = new Auditor(auditTrail, ids, clock);
    this.inForce = new RulesInForce(alertRules);
    this.gather = new GatherCircumstances(syncQueue, evidence, _ -> runways);
    this.observer =
        new AlertObserver() {
          @Override
          public void evaluated(Duration took) {}

          @Override
          public void failed(AlertKind kind) {
            failures.add(kind);
          }
        };
    this.judgeWallets =
        new JudgeWallets(
            alertRules, alerts, inForce, snapshots, gather, outbox, transactions, observer, ids);
    this.lookAtRules =
        new LookAtRules(
            alertRules,
            alerts,
            wallets,
            snapshots,
            evidence,
            _ -> silent,
            gather,
            judgeWallets,
            outbox,
            transactions,
            observer,
            ids);
    this.lookAfterAlerts =
        new LookAfterAlerts(
            alertRules,
            alerts,
            snapshots,
            evidence,
            gather,
            judgeWallets,
            outbox,
            transactions,
            ids);
    this.recordBalances =
        new RecordBalances(
            snapshots,
            quarantine,
            new Settlements(List.of()),
            List.of(
                new EvaluateAlerts(
                    alertRules, alerts, inForce, gather, judgeWallets, outbox, observer, ids)),
            transactions,
            auditor,
            ids);
    this.createAlertRule =
        new CreateAlertRule(
            alertRules, wallets, connections, lookAtRules, transactions, auditor, ids, clock);
    this.changeAlertRule =
        new ChangeAlertRule(
            alertRules,
            alerts,
            wallets,
            connections,
            lookAtRules,
            outbox,
            transactions,
            auditor,
            ids,
            clock);
    this.deleteAlertRule =
        new DeleteAlertRule(alertRules, alerts, outbox, transactions, auditor, ids, clock);
    this.settleAlert =
        new SettleAlert(alertRules, alerts, evidence, outbox, transactions, auditor, ids);
  }

  /** How a process sees its ports. */
  interface Ports {
    Ports AS_THEY_ARE =
        new Ports() {
          @Override
          public <T> T of(Class<T> type, T port) {
            return port;
          }
        };

    <T> T of(Class<T> type, T port);
  }

  private int account;

  Wallet wallet() {
    return storage
        .wallets()
        .addOrLock(Examples.wallet(connection, "account-" + account++, Examples.NGN));
  }

  /** The provider says so; each reading a second after the one before. */
  void read(Wallet wallet, String naira) {
    readTogether(Map.of(wallet, naira));
  }

  void readTogether(Map<Wallet, String> balances) {
    clock.advance(Duration.ofSeconds(1));
    recordBalances.record(
        balances.entrySet().stream()
            .map(it -> observation(it.getKey(), it.getValue()).observation())
            .toList());
  }

  /** Several readings of one wallet in one recording. */
  void readAll(Wallet wallet, List<String> naira) {
    recordBalances.record(
        naira.stream()
            .map(
                it -> {
                  clock.advance(Duration.ofSeconds(1));
                  return observation(wallet, it).observation();
                })
            .toList());
  }

  /** Believed whatever it says: a drop to zero would be looked at again. */
  private ExampleObservation observation(Wallet wallet, String naira) {
    return ExampleObservation.of(wallet.id())
        .balance(naira)
        .startedAt(clock.instant())
        .took(Duration.ZERO)
        .looked(new Look.Accepted("told so"));
  }

  static Condition condition(String... namesAndValues) {
    var fields = new HashMap<String, String>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return ConditionFields.read(fields);
  }

  static Condition below(String threshold, String clearAt) {
    return condition(
        "kind", "balance_below", "currency", "NGN", "threshold", threshold, "clear_at", clearAt);
  }

  AlertRule rule(Condition condition) {
    return rule(AlertScope.ALL, condition);
  }

  AlertRule rule(AlertScope scope, Condition condition) {
    return ((RuleOutcome.Kept) create(Visibility.ALL, scope, condition)).rule();
  }

  RuleOutcome create(Visibility visibility, AlertScope scope, Condition condition) {
    return createAlertRule.create(
        new CreateAlertRule.Command(
            ACTOR, visibility, "A rule", Severity.WARNING, true, scope, condition));
  }

  AlertRule change(AlertRule rule, @Nullable Boolean enabled, @Nullable Condition condition) {
    return ((RuleOutcome.Kept)
            changeAlertRule.change(
                new ChangeAlertRule.Command(
                    ACTOR, Visibility.ALL, rule.id(), null, null, enabled, null, condition)))
        .rule();
  }

  AlertRule rename(AlertRule rule, String name) {
    return ((RuleOutcome.Kept)
            changeAlertRule.change(
                new ChangeAlertRule.Command(
                    ACTOR, Visibility.ALL, rule.id(), name, null, null, null, null)))
        .rule();
  }

  void delete(AlertRule rule) {
    delete(ACTOR, Visibility.ALL, rule);
  }

  DeleteAlertRule.Outcome delete(Actor actor, Visibility caller, AlertRule rule) {
    return deleteAlertRule.delete(new DeleteAlertRule.Command(actor, caller, rule.id()));
  }

  RuleOutcome disable(Actor actor, Visibility caller, AlertRule rule) {
    return changeAlertRule.change(
        new ChangeAlertRule.Command(actor, caller, rule.id(), null, null, false, null, null));
  }

  SettleAlert.Outcome settle(Alert alert, SettleAlert.Decision decision) {
    return settleAlert.settle(new SettleAlert.Command(ACTOR, Visibility.ALL, alert.id(), decision));
  }

  /** What one node does for all, every half a minute. */
  void tick() {
    lookAtRules.look(new LookAtRules.Command(() -> false));
    lookAfterAlerts.look(new LookAfterAlerts.Command(() -> false));
  }

  /** All alerts of a rule, oldest first. */
  List<Alert> alerts(AlertRule rule) {
    var all = new ArrayList<Alert>();
    @Nullable UUID before = null;
    boolean more;
    do {
      var page =
          storage
              .alerts()
              .page(
                  new Alerts.Query(
                      Visibility.ALL, Set.of(), rule.id(), null, null, null, null, before, 100));
      all.addAll(page.items());
      before = all.isEmpty() ? null : all.getLast().id();
      more = page.hasMore();
    } while (more);
    return all.reversed();
  }

  List<Alert> unresolved(AlertRule rule) {
    return alerts(rule).stream().filter(it -> it.state() != State.RESOLVED).toList();
  }

  Alert now(Alert alert) {
    return storage.alerts().find(alert.id(), Visibility.ALL).orElseThrow();
  }

  /** The kinds of events about alerts, in their order. */
  List<Occurrence> events() {
    return storage
        .outbox()
        .list(
            new Outbox.Query(
                Visibility.ALL,
                Set.of(Notification.Kind.ALERT_OPENED, Notification.Kind.ALERT_RESOLVED),
                null,
                Outbox.Place.START,
                10_000))
        .entries()
        .stream()
        .map(it -> (Occurrence) it.notification())
        .toList();
  }

  List<String> codes() {
    return events().stream().map(it -> it.kind().code()).toList();
  }

  List<AuditEntry> audited(String action) {
    return storage.auditTrail().page(new AuditTrail.Query(action, null, null, null, 100)).items();
  }

  static List<String> list(String... naira) {
    return Arrays.asList(naira);
  }

  Set<UUID> subjects(AlertRule rule) {
    return unresolved(rule).stream().map(it -> it.subject().id()).collect(Collectors.toSet());
  }

  /** The one alert that there ever was of it. */
  Alert only(AlertRule rule) {
    var alerts = alerts(rule);
    assertThat(alerts).hasSize(1);
    return alerts.getFirst();
  }

  static Alert.Resolved end(Alert alert) {
    return Objects.requireNonNull(alert.resolved());
  }
}
