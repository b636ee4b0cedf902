package io.walletsync.core.alert;

import io.walletsync.core.alert.Alerts.Held;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.judgement.Circumstances;
import io.walletsync.core.judgement.Evidence;
import io.walletsync.core.judgement.GatherCircumstances;
import io.walletsync.core.judgement.JudgeWallet;
import io.walletsync.core.judgement.Judgement;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Use case: look after what is there. Snoozes end; what is over without a recording that says so
 * ends; wallets that were changed are judged as they are now.
 */
public final class LookAfterAlerts {
  private static final int PART = 500;
  private static final int JUDGED_TOGETHER = 50;

  /** Longer than a change of a wallet is under way, and than clocks differ. */
  private static final Duration OVERLAP = Duration.ofMinutes(2);

  private final AlertRules rules;
  private final Alerts alerts;
  private final BalanceSnapshots snapshots;
  private final Evidence evidence;
  private final GatherCircumstances gather;
  private final JudgeWallets judgeWallets;
  private final AlertWriter writer;
  private final Transactions transactions;

  public LookAfterAlerts(
      AlertRules rules,
      Alerts alerts,
      BalanceSnapshots snapshots,
      Evidence evidence,
      GatherCircumstances gather,
      JudgeWallets judgeWallets,
      Outbox outbox,
      Transactions transactions,
      Ids ids) {
    this.rules = rules;
    this.alerts = alerts;
    this.snapshots = snapshots;
    this.evidence = evidence;
    this.gather = gather;
    this.judgeWallets = judgeWallets;
    this.writer = new AlertWriter(rules, alerts, outbox, ids);
    this.transactions = transactions;
  }

  public Outcome look(Command command) {
    var woken = wake(command.isStopping());
    var known = new HashMap<UUID, AlertRule>();
    rules.all().stream().filter(AlertRule::enabled).forEach(rule -> known.put(rule.id(), rule));
    @Nullable RuntimeException broken = null;
    try {
      endWhatIsOver(known, command.isStopping());
    } catch (RuntimeException e) {
      broken = e;
    }
    judgeChanged(!known.isEmpty(), command.isStopping());
    if (broken != null) {
      throw broken;
    }
    return new Outcome(woken);
  }

  private int wake(BooleanSupplier isStopping) {
    var woken = 0;
    int part;
    do {
      part =
          transactions.inTransaction(
              () -> {
                var awake = alerts.wake(PART);
                writer.tellAwake(awake, evidence.now());
                return awake.size();
              });
      woken += part;
    } while (part == PART && !isStopping.getAsBoolean());
    return woken;
  }

  private void endWhatIsOver(Map<UUID, AlertRule> known, BooleanSupplier isStopping) {
    @Nullable UUID after = null;
    List<Held> part;
    do {
      part = alerts.holding(after, PART);
      if (!part.isEmpty()) {
        judge(doubtful(part, known), LookAfterAlerts::isCheap);
        after = part.getLast().alert();
      }
    } while (part.size() == PART && !isStopping.getAsBoolean());
  }

  /** Without locks: what looks over is judged again under them. */
  private Set<WalletId> doubtful(List<Held> held, Map<UUID, AlertRule> known) {
    var ids = new HashSet<WalletId>();
    held.forEach(it -> ids.add(new WalletId(it.subject())));
    var balances = snapshots.latest(ids);
    var asked =
        held.stream()
            .map(it -> known.get(it.rule()))
            .filter(it -> it != null)
            .filter(LookAfterAlerts::isCheap)
            .distinct();
    var byId = new HashMap<UUID, Circumstances>();
    gather
        .of(asked.toList(), balances, evidence.now())
        .forEach(it -> byId.put(it.wallet().id().value(), it));
    var doubtful = new HashSet<WalletId>();
    for (var it : held) {
      var rule = known.get(it.rule());
      var circumstances = byId.get(it.subject());
      if (circumstances != null
          && (rule == null
              || !rule.judges(circumstances.wallet())
              || (isCheap(rule)
                  && JudgeWallet.judge(rule, circumstances) instanceof Judgement.Over))) {
        doubtful.add(circumstances.wallet().id());
      }
    }
    return doubtful;
  }

  /** A change may have taken a wallet into the scope of a rule. */
  private void judgeChanged(boolean isAnyRule, BooleanSupplier isStopping) {
    var now = evidence.now();
    var since = rules.changesSeenUntil().minus(OVERLAP);
    @Nullable WalletId after = null;
    List<Evidence.Changed> part;
    do {
      part = isAnyRule ? evidence.changedSince(since, after, PART) : List.of();
      if (!part.isEmpty()) {
        judge(
            new HashSet<>(part.stream().map(Evidence.Changed::wallet).toList()),
            LookAfterAlerts::isCheap);
        since = part.getLast().at();
        after = part.getLast().wallet();
      }
    } while (part.size() == PART && !isStopping.getAsBoolean());
    rules.seeChangesUntil(part.size() == PART ? since : now);
  }

  private void judge(Set<WalletId> wallets, Predicate<AlertRule> which) {
    var all = new ArrayList<>(wallets);
    for (var from = 0; from < all.size(); from += JUDGED_TOGETHER) {
      judgeWallets.judgeLocked(
          all.subList(from, Math.min(from + JUDGED_TOGETHER, all.size())), which);
    }
  }

  /** How long money lasts is dear to find out, and looked at in rounds of its own. */
  private static boolean isCheap(AlertRule rule) {
    return rule.kind() != AlertKind.RUNWAY_BELOW;
  }

  /** One round, which ends early where the node is stopping. */
  public record Command(BooleanSupplier isStopping) {}

  /** How many snoozes ended. */
  public record Outcome(int woken) {}
}
