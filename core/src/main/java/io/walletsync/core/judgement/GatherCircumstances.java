package io.walletsync.core.judgement;

import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.money.Difference;
import io.walletsync.core.money.Money;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.Condition.BalanceChanged;
import io.walletsync.core.rule.Condition.UnexplainedOver;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.wallet.SyncSchedule;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks up what rules need to know about wallets, and nothing that none of them asks for. */
public final class GatherCircumstances {
  private final SyncQueue queue;
  private final Evidence evidence;
  private final Runways runways;

  public GatherCircumstances(SyncQueue queue, Evidence evidence, Runways runways) {
    this.queue = queue;
    this.evidence = evidence;
    this.runways = runways;
  }

  public List<Circumstances> of(
      Collection<AlertRule> rules, Map<WalletId, WalletBalance> balances, Instant now) {
    var kinds = EnumSet.noneOf(AlertKind.class);
    rules.forEach(rule -> kinds.add(rule.kind()));
    var ids = balances.keySet();
    var isSyncAsked =
        kinds.contains(AlertKind.BALANCE_STALE)
            || kinds.contains(AlertKind.SYNC_FAILING)
            || kinds.contains(AlertKind.RUNWAY_BELOW);
    var standing =
        isSyncAsked ? queue.standing(Visibility.ALL, ids) : Map.<WalletId, SyncQueue.Standing>of();
    var previous =
        kinds.contains(AlertKind.DROPPED_TO_ZERO)
            ? evidence.previous(ids)
            : Map.<WalletId, Money>of();
    var drift =
        kinds.contains(AlertKind.DRIFT_OVER) ? evidence.drift(ids) : Map.<WalletId, Difference>of();
    var unexplained =
        kinds.contains(AlertKind.UNEXPLAINED_OVER)
            ? evidence.unexplained(ids, periodsUnexplained(rules), now)
            : Map.<WalletId, Map<Duration, Difference>>of();
    var runway =
        kinds.contains(AlertKind.RUNWAY_BELOW)
            ? runways.of(ids)
            : Map.<WalletId, Runways.Lasting>of();
    var extremes =
        extremes(rules, balances.values().stream().map(WalletBalance::wallet).toList(), now);
    return balances.values().stream()
        .map(
            it -> {
              var id = it.wallet().id();
              var turn = standing.get(id);
              var latest = it.latest().orElse(null);
              return new Circumstances(
                  it.wallet(),
                  now,
                  previous.get(id),
                  latest == null ? null : latest.snapshot().balance().available(),
                  latest == null ? null : latest.snapshot().createdAt(),
                  latest == null ? null : latest.confirmedAt(),
                  turn == null ? SyncSchedule.STANDARD : turn.inForce(),
                  turn == null ? 0 : turn.failures(),
                  it.doubt(),
                  extremes.getOrDefault(id, Map.of()),
                  drift.get(id),
                  unexplained.getOrDefault(id, Map.of()),
                  runway.get(id));
            })
        .toList();
  }

  private static Set<Duration> periodsUnexplained(Collection<AlertRule> rules) {
    var periods = new HashSet<Duration>();
    for (var rule : rules) {
      if (rule.condition() instanceof UnexplainedOver(_, var period)) {
        periods.add(period);
      }
    }
    return periods;
  }

  /** By period, of the wallets that a rule about changes judges. */
  public Map<WalletId, Map<Duration, Evidence.Extremes>> extremes(
      Collection<AlertRule> rules, Collection<Wallet> wallets, Instant now) {
    var periods = new HashSet<Duration>();
    var ids = new HashSet<WalletId>();
    for (var rule : rules) {
      if (rule.condition() instanceof BalanceChanged changed) {
        for (var wallet : wallets) {
          if (rule.judges(wallet)) {
            periods.add(changed.period());
            ids.add(wallet.id());
          }
        }
      }
    }
    return ids.isEmpty() ? Map.of() : evidence.extremes(ids, periods, now);
  }
}
