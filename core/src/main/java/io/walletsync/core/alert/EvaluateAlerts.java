package io.walletsync.core.alert;

import io.walletsync.core.balance.BalanceChange;
import io.walletsync.core.balance.BalanceListener;
import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.judgement.Circumstances;
import io.walletsync.core.judgement.GatherCircumstances;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.rule.RulesInForce;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Judges balances in the transaction that records them, under the wallets' locks: an alert is there
 * exactly when the balance behind it is. Where nothing is crossed that is one look at what holds.
 */
public final class EvaluateAlerts implements BalanceListener {
  private final Alerts alerts;
  private final RulesInForce inForce;
  private final GatherCircumstances gather;
  private final JudgeWallets judgeWallets;
  private final AlertWriter writer;
  private final AlertObserver observer;
  private final Ids ids;

  public EvaluateAlerts(
      AlertRules rules,
      Alerts alerts,
      RulesInForce inForce,
      GatherCircumstances gather,
      JudgeWallets judgeWallets,
      Outbox outbox,
      AlertObserver observer,
      Ids ids) {
    this.alerts = alerts;
    this.inForce = inForce;
    this.gather = gather;
    this.judgeWallets = judgeWallets;
    this.writer = new AlertWriter(rules, alerts, outbox, ids);
    this.observer = observer;
    this.ids = ids;
  }

  @Override
  public void onChange(List<BalanceChange> changes) {
    var begun = System.nanoTime();
    var wallets =
        changes.stream().map(it -> it.wallet().id()).collect(Collectors.toUnmodifiableSet());
    // after the locks were had: whoever changes a rule after this look looks at the wallets itself
    var watch = alerts.watch(wallets);
    var rules = inForce.at(watch.version());
    var asked = rules.all().stream().filter(rule -> rule.kind().isOfBalance()).toList();
    if (!asked.isEmpty() || !watch.held().isEmpty()) {
      var now = changes.getLast().snapshot().createdAt();
      var ledger = new AlertLedger(watch.held(), watch.stormy(), now, ids);
      JudgeWallets.endWhatLeft(
          watch.held(), rules, changes.stream().map(BalanceChange::wallet), ledger);
      judge(asked, changes, ledger);
      writer.write(ledger);
    }
    observer.evaluated(Duration.ofNanos(System.nanoTime() - begun));
  }

  private void judge(List<AlertRule> rules, List<BalanceChange> changes, AlertLedger ledger) {
    var newest = new HashMap<WalletId, BalanceChange>();
    changes.forEach(it -> newest.put(it.wallet().id(), it));
    var extremes =
        gather.extremes(
            rules,
            newest.values().stream().map(BalanceChange::wallet).toList(),
            changes.getLast().snapshot().createdAt());
    for (var change : changes) {
      var it = Circumstances.of(change, extremes.getOrDefault(change.wallet().id(), Map.of()));
      for (var rule : rules) {
        // a period ends with the newest balance: of those in between nothing is known apart
        var isAsked =
            rule.kind() != AlertKind.BALANCE_CHANGED
                || change.equals(newest.get(change.wallet().id()));
        if (isAsked && rule.judges(change.wallet())) {
          judgeWallets.judged(rule, it, ledger);
        }
      }
    }
  }

  @Override
  public void onDoubt(List<QuarantinedReading> doubts) {
    judgeWallets.judgeHere(
        doubts.stream().map(QuarantinedReading::walletId).collect(Collectors.toUnmodifiableSet()),
        rule -> rule.kind() == AlertKind.READING_QUARANTINED);
  }
}
