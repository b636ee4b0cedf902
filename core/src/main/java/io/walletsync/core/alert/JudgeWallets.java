package io.walletsync.core.alert;

import io.walletsync.core.alert.Alert.How;
import io.walletsync.core.alert.Alert.Subject;
import io.walletsync.core.alert.Alerts.Held;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.judgement.Circumstances;
import io.walletsync.core.judgement.GatherCircumstances;
import io.walletsync.core.judgement.JudgeWallet;
import io.walletsync.core.judgement.Judgement;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.rule.RulesInForce;
import io.walletsync.core.rule.RulesInForce.Copy;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges wallets as they are: opens what holds and ends what is over or has nothing to do with its
 * rule any more.
 */
public final class JudgeWallets {
  private final Alerts alerts;
  private final RulesInForce inForce;
  private final BalanceSnapshots snapshots;
  private final GatherCircumstances gather;
  private final AlertWriter writer;
  private final Transactions transactions;
  private final AlertObserver observer;
  private final Ids ids;

  public JudgeWallets(
      AlertRules rules,
      Alerts alerts,
      RulesInForce inForce,
      BalanceSnapshots snapshots,
      GatherCircumstances gather,
      Outbox outbox,
      Transactions transactions,
      AlertObserver observer,
      Ids ids) {
    this.alerts = alerts;
    this.inForce = inForce;
    this.snapshots = snapshots;
    this.gather = gather;
    this.writer = new AlertWriter(rules, alerts, outbox, ids);
    this.transactions = transactions;
    this.observer = observer;
    this.ids = ids;
  }

  /** Under the wallets' locks, so that no balance is recorded meanwhile. */
  void judgeLocked(Collection<WalletId> wallets, Predicate<AlertRule> which) {
    transactions.inTransaction(
        () -> {
          var locked =
              snapshots.lock(new LinkedHashSet<>(wallets.stream().distinct().sorted().toList()));
          var watch = alerts.watch(locked.byId().keySet());
          judge(watch, locked.byId(), inForce.at(watch.version()), which, locked.lockedAt());
          return Boolean.TRUE;
        });
  }

  /**
   * In the caller's open transaction, by what that has written already; for conditions that do not
   * change under the wallets' locks.
   */
  void judgeHere(Set<WalletId> wallets, Predicate<AlertRule> which) {
    var watch = alerts.watch(wallets);
    var rules = inForce.at(watch.version());
    if (rules.all().stream().anyMatch(which)) {
      var balances = snapshots.latest(wallets);
      balances.values().stream()
          .map(WalletBalance::readAt)
          .max(Instant::compareTo)
          .ifPresent(now -> judge(watch, balances, rules, which, now));
    }
  }

  private void judge(
      Alerts.Watch watch,
      Map<WalletId, WalletBalance> balances,
      Copy rules,
      Predicate<AlertRule> which,
      Instant now) {
    var ledger = new AlertLedger(watch.held(), watch.stormy(), now, ids);
    endWhatLeft(watch.held(), rules, balances.values().stream().map(WalletBalance::wallet), ledger);
    var asked = rules.all().stream().filter(which).filter(it -> it.kind().isOfWallets()).toList();
    var all = gather.of(asked, balances, now);
    for (var rule : asked) {
      for (var it : all) {
        if (rule.judges(it.wallet())) {
          judged(rule, it, ledger);
        }
      }
    }
    writer.write(ledger);
  }

  public void judged(AlertRule rule, Circumstances it, AlertLedger ledger) {
    var judgement = JudgeWallet.judge(rule, it);
    if (judgement instanceof Judgement.Failed) {
      observer.failed(rule.kind());
    }
    ledger.judged(rule, subject(it.wallet()), judgement);
  }

  static Subject subject(Wallet wallet) {
    return new Subject.OfWallet(wallet.id(), wallet.connectionId());
  }

  /** Also where the rule itself is gone, which should have ended its alerts. */
  static void endWhatLeft(List<Held> held, Copy rules, Stream<Wallet> wallets, AlertLedger ledger) {
    if (held.isEmpty()) {
      return;
    }
    var byId =
        wallets.collect(Collectors.toMap(wallet -> wallet.id().value(), it -> it, (a, _) -> a));
    for (var it : held) {
      var wallet = byId.get(it.subject());
      var rule = rules.byId().get(it.rule());
      if (wallet == null) {
        continue;
      }
      if (wallet.isClosed()) {
        ledger.left(it, How.WALLET_CLOSED);
      } else if (rule == null || rule.kind() != it.kind()) {
        ledger.left(it, How.RULE_CHANGED);
      } else if (!rule.covers(wallet)) {
        ledger.left(it, How.LEFT_SCOPE);
      }
    }
  }
}
