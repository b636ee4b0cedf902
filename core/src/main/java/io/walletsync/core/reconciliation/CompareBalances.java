package io.walletsync.core.reconciliation;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.money.Money;
import io.walletsync.core.reconciliation.Reconciliation.State;
import io.walletsync.core.reconciliation.Reconciliations.Look;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds pending statements against what is known of the balances, in the caller's open transaction,
 * and keeps what came of it.
 */
public final class CompareBalances {
  private static final Actor SYSTEM = Actor.system("reconciliation");
  private static final Duration INSTANT = Duration.ofNanos(1_000);

  private final Reconciliations reconciliations;
  private final BalanceSnapshots snapshots;
  private final BalanceHistory history;
  private final ReconciliationAudit audit;

  public CompareBalances(
      Reconciliations reconciliations,
      BalanceSnapshots snapshots,
      BalanceHistory history,
      Auditor auditor) {
    this.reconciliations = reconciliations;
    this.snapshots = snapshots;
    this.history = history;
    this.audit = new ReconciliationAudit(auditor);
  }

  /** Compares what is pending, and returns how many were decided. */
  public int compare(List<Reconciliation> pending) {
    var wallets = pending.stream().map(CompareBalances::wallet).collect(Collectors.toSet());
    // up to when balances are known is read before they are: what comes in between is not missed
    var balances = snapshots.latest(wallets);
    var looked = new ArrayList<Reconciliation>();
    var looks = new ArrayList<Look>();
    for (var each : pending) {
      var balance = balances.get(wallet(each));
      if (balance != null) {
        var look = look(each, balance);
        looks.add(look);
        looked.add(each.looked(look.knownUntil(), look.comparison()));
      }
    }
    var decided = reconciliations.looked(looks);
    var now = looked.stream().filter(each -> decided.contains(each.id())).toList();
    audit.compared(SYSTEM, now.stream().filter(each -> each.state() == State.OPEN).toList());
    if (!now.isEmpty()) {
      resolveAgreed(
          now.stream().map(CompareBalances::wallet).collect(Collectors.toSet()),
          balances.values().iterator().next().readAt());
    }
    return now.size();
  }

  /** Resolves what a later agreement made good, of these wallets or, for null, of all. */
  void resolveAgreed(@Nullable Set<WalletId> wallets, Instant at) {
    audit.compared(SYSTEM, reconciliations.resolveAgreed(wallets, at, SYSTEM.name()));
  }

  private Look look(Reconciliation pending, WalletBalance balance) {
    var expected = pending.expected();
    var course = new BalanceCourse(expected);
    history.trace(
        expected.walletId(),
        expected.asOf(),
        expected.windowEnd().plus(INSTANT), // a period does not contain its end
        point ->
            course.add(point.asOf(), new Money(point.available(), expected.amount().currency())));
    var knownUntil = balance.latest().map(CompareBalances::knownUntil).orElse(null);
    return new Look(
        pending.id(), knownUntil, course.compare(knownUntil, balance.readAt()).orElse(null));
  }

  private static Instant knownUntil(LatestBalance latest) {
    var asOf = latest.snapshot().asOf();
    return latest.confirmedAt().isAfter(asOf) ? latest.confirmedAt() : asOf;
  }

  private static WalletId wallet(Reconciliation reconciliation) {
    return reconciliation.expected().walletId();
  }
}
