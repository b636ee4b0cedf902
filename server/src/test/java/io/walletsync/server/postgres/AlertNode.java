package io.walletsync.server.postgres;

import io.walletsync.core.Examples;
import io.walletsync.core.alert.AlertObserver;
import io.walletsync.core.alert.ChangeAlertRule;
import io.walletsync.core.alert.CreateAlertRule;
import io.walletsync.core.alert.EvaluateAlerts;
import io.walletsync.core.alert.JudgeWallets;
import io.walletsync.core.alert.LookAtRules;
import io.walletsync.core.alert.RuleOutcome;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceChange;
import io.walletsync.core.balance.BalanceListener;
import io.walletsync.core.balance.ExampleObservation;
import io.walletsync.core.balance.RecordBalances;
import io.walletsync.core.balance.Settlements;
import io.walletsync.core.judgement.GatherCircumstances;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertScope;
import io.walletsync.core.rule.ConditionFields;
import io.walletsync.core.rule.RulesInForce;
import io.walletsync.core.rule.Severity;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A node whose recordings are judged by rules: it has its own copy of them. */
final class AlertNode {
  private final Ids ids = Examples::id;
  private final InstantSource clock = InstantSource.system();
  private final Auditor auditor = new Auditor(Ports.auditTrail(), ids, clock);
  private final AlertObserver observer =
      new AlertObserver() {
        @Override
        public void evaluated(Duration took) {}

        @Override
        public void failed(AlertKind kind) {}
      };
  private final BalanceListener afterTheLock;
  private final BalanceListener beforeCommit;

  final RulesInForce inForce = new RulesInForce(Ports.alertRules());
  final GatherCircumstances gather =
      new GatherCircumstances(Ports.syncQueue(), Ports.evidence(), _ -> Map.of());
  final JudgeWallets judge =
      new JudgeWallets(
          Ports.alertRules(),
          Ports.alerts(),
          inForce,
          Ports.snapshots(),
          gather,
          Ports.outbox(),
          Ports.transactions(),
          observer,
          ids);
  final LookAtRules look =
      new LookAtRules(
          Ports.alertRules(),
          Ports.alerts(),
          Ports.wallets(),
          Ports.snapshots(),
          Ports.evidence(),
          _ -> List.of(),
          gather,
          judge,
          Ports.outbox(),
          Ports.transactions(),
          observer,
          ids);
  final EvaluateAlerts evaluate = evaluate(Ports.outbox());
  final RecordBalances record;
  final CreateAlertRule create =
      new CreateAlertRule(
          Ports.alertRules(),
          Ports.wallets(),
          Ports.connections(),
          look,
          Ports.transactions(),
          auditor,
          ids,
          clock);
  final ChangeAlertRule change =
      new ChangeAlertRule(
          Ports.alertRules(),
          Ports.alerts(),
          Ports.wallets(),
          Ports.connections(),
          look,
          Ports.outbox(),
          Ports.transactions(),
          auditor,
          ids,
          clock);

  AlertNode() {
    this(new AtomicReference<>(), new AtomicReference<>());
  }

  /** What is to be done once the wallets are locked, and after everything was judged. */
  AlertNode(
      AtomicReference<@Nullable Runnable> afterTheLock,
      AtomicReference<@Nullable Runnable> beforeCommit) {
    this.afterTheLock = hook(afterTheLock);
    this.beforeCommit = hook(beforeCommit);
    this.record = record(evaluate);
  }

  private static BalanceListener hook(AtomicReference<@Nullable Runnable> work) {
    return new BalanceListener() {
      @Override
      public void onChange(List<BalanceChange> changes) {
        var now = work.get();
        if (now != null) {
          now.run();
        }
      }
    };
  }

  EvaluateAlerts evaluate(Outbox outbox) {
    return new EvaluateAlerts(
        Ports.alertRules(), Ports.alerts(), inForce, gather, judge, outbox, observer, ids);
  }

  RecordBalances record(BalanceListener alerts) {
    return new RecordBalances(
        Ports.snapshots(),
        Ports.quarantine(),
        new Settlements(List.of()),
        List.of(afterTheLock, alerts, beforeCommit),
        Ports.transactions(),
        auditor,
        ids);
  }

  void read(Wallet wallet, String naira) {
    record.record(
        List.of(
            ExampleObservation.of(wallet.id())
                .balance(naira)
                .startedAt(clock.instant())
                .took(Duration.ZERO)
                .observation()));
  }

  AlertRule rule(Wallet wallet) {
    return rule(AlertScope.of(wallet.id()));
  }

  AlertRule rule(AlertScope scope) {
    return ((RuleOutcome.Kept)
            create.create(
                new CreateAlertRule.Command(
                    Examples.actor(),
                    Visibility.ALL,
                    "A rule",
                    Severity.WARNING,
                    true,
                    scope,
                    ConditionFields.read(
                        Map.of("kind", "balance_below", "currency", "NGN", "threshold", "100")))))
        .rule();
  }

  void enable(AlertRule rule, boolean enabled) {
    var _ =
        change.change(
            new ChangeAlertRule.Command(
                Examples.actor(), Visibility.ALL, rule.id(), null, null, enabled, null, null));
  }
}
