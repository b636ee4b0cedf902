package io.walletsync.core.alert;

import io.walletsync.core.alert.Alert.How;
import io.walletsync.core.alert.Alert.Resolved;
import io.walletsync.core.alert.Alert.Subject;
import io.walletsync.core.alert.AlertLedger.Transitions;
import io.walletsync.core.alert.Alerts.Ending;
import io.walletsync.core.alert.Alerts.Held;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.judgement.ChannelSilence;
import io.walletsync.core.judgement.Evidence;
import io.walletsync.core.judgement.GatherCircumstances;
import io.walletsync.core.judgement.Judgement;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.rule.Condition;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Use case: look at what no recording tells of. New and changed rules meet the wallets as they are;
 * rules about absence find what did not happen; storms end when they are over.
 */
public final class LookAtRules {
  private static final int OPENED_TOGETHER = 50;

  /** How long balances last changes slowly, and is dear to find out. */
  private static final Duration RUNWAYS_EVERY = Duration.ofMinutes(10);

  private final AlertRules rules;
  private final Alerts alerts;
  private final Evidence evidence;
  private final ChannelSilence channels;
  private final SurveyRule survey;
  private final JudgeWallets judgeWallets;
  private final AlertWriter writer;
  private final Transactions transactions;
  private final AlertObserver observer;
  private final Ids ids;

  public LookAtRules(
      AlertRules rules,
      Alerts alerts,
      Wallets wallets,
      BalanceSnapshots snapshots,
      Evidence evidence,
      ChannelSilence channels,
      GatherCircumstances gather,
      JudgeWallets judgeWallets,
      Outbox outbox,
      Transactions transactions,
      AlertObserver observer,
      Ids ids) {
    this.rules = rules;
    this.alerts = alerts;
    this.evidence = evidence;
    this.channels = channels;
    this.survey = new SurveyRule(alerts, wallets, snapshots, evidence, gather, transactions);
    this.judgeWallets = judgeWallets;
    this.writer = new AlertWriter(rules, alerts, outbox, ids);
    this.transactions = transactions;
    this.observer = observer;
    this.ids = ids;
  }

  public Outcome look(Command command) {
    var inTrouble = alerts.rulesInTrouble();
    var looked = 0;
    @Nullable RuntimeException broken = null;
    for (var rule : rules.all()) {
      if (command.isStopping().getAsBoolean()) {
        break;
      }
      if (rule.enabled()) {
        try {
          look(rule, inTrouble.contains(rule.id()), command.isStopping());
        } catch (RuntimeException e) {
          // one rule that is too dear to look at must not keep the others from being looked at
          observer.failed(rule.kind());
          broken = broken == null ? e : broken;
        }
        looked++;
      }
    }
    if (broken != null) {
      throw broken;
    }
    return new Outcome(looked);
  }

  /** At one rule, as soon as it is there; what fails now is still due in the next round. */
  void lookNow(AlertRule rule) {
    try {
      look(rule, false, () -> false);
    } catch (RuntimeException e) {
      observer.failed(rule.kind());
    }
  }

  private void look(AlertRule rule, boolean isInTrouble, BooleanSupplier isStopping) {
    if (!rule.kind().isOfWallets()) {
      judgeWhole(rule);
      if (isInTrouble && !(rule.condition() instanceof Condition.Unreadable)) {
        endTrouble(rule);
      }
      return;
    }
    var isWalked = rule.walkDue() || isInTrouble || isRunwayDue(rule);
    var found = isWalked ? survey.all(rule, isStopping) : survey.inTrouble(rule, isStopping);
    var failure = found.failure();
    if (failure != null) {
      observer.failed(rule.kind());
      write(rule, ledger -> new Transitions(List.of(ledger.engineError(rule, failure)), List.of()));
      return;
    }
    // with what it opened just before, which only counts where there is more or a storm to end
    var lately = found.count() > 0 || isInTrouble ? openedLately(rule) : 0;
    if (isInTrouble && !isStorm(found.count() + lately) && !isStopping.getAsBoolean()) {
      // ended first, then surveyed again: whoever still saw the storm has a lock that is waited for
      endTrouble(rule);
      found = survey.all(rule, isStopping);
    }
    // what opens nothing is never too much
    if (found.count() > 0 && isStorm(found.count() + lately)) {
      var count = found.count() + lately;
      write(rule, ledger -> new Transitions(List.of(ledger.storm(rule, count)), List.of()));
    } else {
      open(rule, found.first());
      end(rule, found.over());
    }
    if (isWalked && !isStopping.getAsBoolean()) {
      rules.walked(rule.id(), rule.revision());
    }
  }

  private static boolean isStorm(long count) {
    return count > AlertLedger.MOST_AT_ONCE;
  }

  private long openedLately(AlertRule rule) {
    return alerts
        .openedSince(Set.of(rule.id()), AlertLedger.atOnceSince(evidence.now()))
        .getOrDefault(rule.id(), 0L);
  }

  private boolean isRunwayDue(AlertRule rule) {
    var lookedAt = rule.lookedAt();
    return rule.kind() == AlertKind.RUNWAY_BELOW
        && (lookedAt == null || lookedAt.plus(RUNWAYS_EVERY).isBefore(evidence.now()));
  }

  /**
   * Judged again, under their locks; but for what is dear to find out, which no recording moves.
   */
  private void open(AlertRule rule, List<WalletId> wallets) {
    for (var from = 0; from < wallets.size(); from += OPENED_TOGETHER) {
      var part = wallets.subList(from, Math.min(from + OPENED_TOGETHER, wallets.size()));
      if (rule.kind() == AlertKind.RUNWAY_BELOW) {
        judgeWithoutLocks(rule, part);
      } else {
        judgeWallets.judgeLocked(part, it -> it.id().equals(rule.id()));
      }
    }
  }

  /** Of other kinds {@link LookAfterAlerts} ends what is over, in every round. */
  private void end(AlertRule rule, List<WalletId> over) {
    if (rule.kind() == AlertKind.RUNWAY_BELOW) {
      for (var from = 0; from < over.size(); from += OPENED_TOGETHER) {
        judgeWithoutLocks(rule, over.subList(from, Math.min(from + OPENED_TOGETHER, over.size())));
      }
    }
  }

  private void judgeWithoutLocks(AlertRule rule, List<WalletId> wallets) {
    transactions.inTransaction(
        () -> {
          judgeWallets.judgeHere(Set.copyOf(wallets), it -> it.id().equals(rule.id()));
          return Boolean.TRUE;
        });
  }

  private void endTrouble(AlertRule rule) {
    var troubles = Set.of(AlertKind.STORM, AlertKind.ENGINE_ERROR);
    var resolved = resolved();
    transactions.inTransaction(
        () -> {
          writer.write(
              new Transitions(
                  List.of(),
                  alerts.heldByRule(rule.id()).stream()
                      .filter(it -> troubles.contains(it.kind()))
                      .map(it -> new Ending(it.alert(), resolved))
                      .toList()));
          return Boolean.TRUE;
        });
  }

  private Resolved resolved() {
    return new Resolved(How.BY_ITSELF, evidence.now(), AlertWriter.SYSTEM, null, null);
  }

  /** What is about no single wallet. */
  private void judgeWhole(AlertRule rule) {
    write(
        rule,
        ledger -> {
          switch (rule.condition()) {
            case Condition.NoSync(var after) ->
                ledger.judged(rule, new Subject.OfRule(), noSync(rule, after));
            case Condition.ChannelSilent(var after) -> judgeChannels(rule, after, ledger);
            case Condition.BalanceBelow _,
                Condition.BalanceAbove _,
                Condition.BalanceChanged _,
                Condition.DroppedToZero _,
                Condition.BalanceStale _,
                Condition.SyncFailing _,
                Condition.ReadingQuarantined _,
                Condition.DriftOver _,
                Condition.UnexplainedOver _,
                Condition.RunwayBelow _ ->
                throw new IllegalStateException("is about wallets");
            case Condition.Unreadable _ ->
                ledger.judged(
                    rule,
                    new Subject.OfRule(),
                    new Judgement.Failed("what the rule says cannot be read"));
          }
          return ledger.transitions(Map.of());
        });
  }

  private Judgement noSync(AlertRule rule, Duration after) {
    var since = evidence.now().minus(after);
    return evidence.isAnyInUse(rule) && !evidence.isAnyConfirmedSince(rule, since)
        ? Judgement.Holds.of("none since " + since)
        : new Judgement.Over(null);
  }

  private void judgeChannels(AlertRule rule, Duration after, AlertLedger ledger) {
    var silent =
        channels.longerThan(after).stream()
            .filter(it -> isWithin(it.visibility().connections(), rule))
            .toList();
    for (var it : silent) {
      ledger.judged(
          rule,
          new Subject.OfChannel(it.channel()),
          Judgement.Holds.of("nothing delivered since " + it.since()));
    }
    for (Held held : alerts.heldByRule(rule.id())) {
      if (held.kind() == AlertKind.CHANNEL_SILENT
          && silent.stream().noneMatch(it -> it.channel().equals(held.subject()))) {
        ledger.judged(rule, new Subject.OfChannel(held.subject()), new Judgement.Over(null));
      }
    }
  }

  private static boolean isWithin(@Nullable Set<UUID> connections, AlertRule rule) {
    var own = rule.limit().connections();
    return own == null || (connections != null && own.containsAll(connections));
  }

  private void write(AlertRule rule, Function<AlertLedger, Transitions> evaluation) {
    transactions.inTransaction(
        () -> {
          var ledger = new AlertLedger(alerts.heldByRule(rule.id()), Set.of(), evidence.now(), ids);
          writer.write(evaluation.apply(ledger));
          return Boolean.TRUE;
        });
  }

  /** One round, which ends early where the node is stopping. */
  public record Command(BooleanSupplier isStopping) {}

  /** How many rules were looked at. */
  public record Outcome(int rules) {}
}
