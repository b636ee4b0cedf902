package io.walletsync.core.alert;

import io.walletsync.core.alert.Alerts.Held;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.judgement.Evidence;
import io.walletsync.core.judgement.Evidence.Part;
import io.walletsync.core.judgement.Evidence.Trouble;
import io.walletsync.core.judgement.GatherCircumstances;
import io.walletsync.core.judgement.JudgeWallet;
import io.walletsync.core.judgement.Judgement;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.Condition;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts about which wallets a rule would open an alert now, part by part, and opens none. */
final class SurveyRule {
  private static final int PART = 500;

  private final Alerts alerts;
  private final Wallets wallets;
  private final BalanceSnapshots snapshots;
  private final Evidence evidence;
  private final GatherCircumstances gather;
  private final Transactions transactions;

  SurveyRule(
      Alerts alerts,
      Wallets wallets,
      BalanceSnapshots snapshots,
      Evidence evidence,
      GatherCircumstances gather,
      Transactions transactions) {
    this.alerts = alerts;
    this.wallets = wallets;
    this.snapshots = snapshots;
    this.evidence = evidence;
    this.gather = gather;
    this.transactions = transactions;
  }

  /**
   * Looks at all wallets in scope, under their locks if recordings judge the rule. A balance that
   * was recorded by somebody who did not know the rule yet is seen, because that lock was waited
   * for; whoever records one later knows the rule.
   */
  Found all(AlertRule rule, BooleanSupplier isStopping) {
    return survey(rule, after -> scope(rule, after), rule.kind().isJudgedUnderLocks(), isStopping);
  }

  /** Looks at those that may be in such trouble; the next round sees what this one missed. */
  Found inTrouble(AlertRule rule, BooleanSupplier isStopping) {
    var trouble =
        switch (rule.condition()) {
          case Condition.BalanceStale(var after) -> new Trouble.NotConfirmed(after);
          case Condition.SyncFailing() -> new Trouble.Failing();
          case Condition.DriftOver _ -> new Trouble.Drifting();
          case Condition.UnexplainedOver _ -> new Trouble.Unexplained();
          case Condition.BalanceBelow _,
              Condition.BalanceAbove _,
              Condition.BalanceChanged _,
              Condition.DroppedToZero _,
              Condition.ReadingQuarantined _,
              Condition.RunwayBelow _,
              Condition.ChannelSilent _,
              Condition.NoSync _,
              Condition.Unreadable _ ->
              null;
        };
    return trouble == null
        ? new Found(List.of(), List.of(), 0, null)
        : survey(rule, after -> evidence.inTrouble(trouble, after, PART), false, isStopping);
  }

  private Found survey(AlertRule rule, Parts parts, boolean isLocking, BooleanSupplier isStopping) {
    var first = new ArrayList<WalletId>();
    var over = new ArrayList<WalletId>();
    var count = 0L;
    @Nullable WalletId next = null;
    do {
      var part = parts.after(next);
      if (!part.wallets().isEmpty()) {
        var judged = isLocking ? locked(rule, part.wallets()) : unlocked(rule, part.wallets());
        if (judged.failure() != null) {
          return judged;
        }
        count += judged.count();
        over.addAll(judged.over());
        judged.first().stream().limit(AlertLedger.MOST_AT_ONCE - first.size()).forEach(first::add);
      }
      next = part.next();
    } while (next != null && !isStopping.getAsBoolean());
    return new Found(first, over, count, null);
  }

  private Found locked(AlertRule rule, List<WalletId> ids) {
    return transactions.inTransaction(
        () -> {
          var locked = snapshots.lock(new LinkedHashSet<>(ids.stream().sorted().toList()));
          return wouldOpen(rule, locked.byId(), locked.lockedAt());
        });
  }

  private Found unlocked(AlertRule rule, List<WalletId> ids) {
    return wouldOpen(rule, snapshots.latest(new LinkedHashSet<>(ids)), evidence.now());
  }

  private Found wouldOpen(AlertRule rule, Map<WalletId, WalletBalance> balances, Instant now) {
    var held =
        alerts.watch(balances.keySet()).held().stream()
            .filter(it -> it.rule().equals(rule.id()) && it.kind() == rule.kind())
            .map(Held::subject)
            .collect(Collectors.toSet());
    var found = new ArrayList<WalletId>();
    var over = new ArrayList<WalletId>();
    for (var it : gather.of(List.of(rule), balances, now)) {
      if (rule.judges(it.wallet())) {
        var isHeld = held.contains(it.wallet().id().value());
        switch (JudgeWallet.judge(rule, it)) {
          case Judgement.Holds _ -> {
            if (!isHeld) {
              found.add(it.wallet().id());
            }
          }
          case Judgement.Failed(var reason) -> {
            return new Found(List.of(), List.of(), 0, reason);
          }
          case Judgement.Over _ -> {
            if (isHeld) {
              over.add(it.wallet().id());
            }
          }
          case Judgement.Between _ -> {}
        }
      }
    }
    return new Found(found, over, found.size(), null);
  }

  private Part scope(AlertRule rule, @Nullable WalletId after) {
    var scope = rule.scope();
    if (scope.wallet() != null) {
      return new Part(List.of(scope.wallet()), null);
    }
    var currency = rule.condition().currency().orElse(null);
    var page =
        wallets.page(
            new Wallets.Query(
                new Visibility(rule.limit().connections()),
                scope.connection(),
                scope.provider(),
                scope.currency() == null ? currency : scope.currency(),
                scope.ownerId(),
                null,
                after,
                PART));
    var ids = page.items().stream().filter(rule::judges).map(Wallet::id).toList();
    return new Part(ids, page.hasMore() ? page.items().getLast().id() : null);
  }

  /**
   * What would open.
   *
   * @param first of them, as many as may open at once
   * @param over of what is open already, where it is over
   * @param failure why the rule cannot be evaluated; null where it can
   */
  record Found(List<WalletId> first, List<WalletId> over, long count, @Nullable String failure) {}

  /** The wallets to look at, part by part. */
  private interface Parts {
    Part after(@Nullable WalletId last);
  }
}
