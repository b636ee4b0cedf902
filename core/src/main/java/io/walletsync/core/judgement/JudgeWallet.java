package io.walletsync.core.judgement;

import io.walletsync.core.judgement.Judgement.Between;
import io.walletsync.core.judgement.Judgement.Failed;
import io.walletsync.core.judgement.Judgement.Holds;
import io.walletsync.core.judgement.Judgement.Over;
import io.walletsync.core.money.Difference;
import io.walletsync.core.money.Money;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.Condition;
import io.walletsync.core.rule.Condition.Direction;
import io.walletsync.core.rule.Condition.Size;
import io.walletsync.core.schedule.Outage;
import io.walletsync.core.wallet.Wallet;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether what a rule says is true of a wallet: exact, and without looking anything up. */
public final class JudgeWallet {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int STALE_INTERVALS = 3;

  private JudgeWallet() {}

  /** Never throws: a rule that cannot be evaluated must not keep a balance from being recorded. */
  public static Judgement judge(AlertRule rule, Circumstances it) {
    try {
      return judged(rule, it);
    } catch (RuntimeException e) {
      return new Failed("the rule cannot be evaluated: " + e.getClass().getSimpleName());
    }
  }

  private static Judgement judged(AlertRule rule, Circumstances it) {
    return switch (rule.condition()) {
      case Condition.BalanceBelow(var threshold, var clearAt) ->
          of(it, current -> compare(current, threshold) < 0, c -> compare(c, clearAt) >= 0);
      case Condition.BalanceAbove(var threshold, var clearAt) ->
          of(it, current -> compare(current, threshold) > 0, c -> compare(c, clearAt) <= 0);
      case Condition.BalanceChanged changed -> changed(changed, it);
      case Condition.DroppedToZero(var from) -> dropped(rule, from, it);
      case Condition.BalanceStale(var after) -> stale(after, it);
      case Condition.SyncFailing() ->
          it.failures() >= Outage.BEGINS_AFTER && isSynced(it.wallet())
              ? Holds.of(Integer.toString(it.failures()))
              : new Over(Integer.toString(it.failures()));
      case Condition.ReadingQuarantined() ->
          it.doubt()
              .<Judgement>map(doubt -> Holds.of(it.current(), doubt.balance().available()))
              .orElse(new Over(null));
      case Condition.DriftOver(var limit) -> over(it.drift(), limit);
      case Condition.UnexplainedOver(var limit, var period) ->
          over(it.unexplained().get(period), limit);
      case Condition.RunwayBelow(var limit) -> runway(limit, it);
      case Condition.ChannelSilent _, Condition.NoSync _ -> new Between();
      case Condition.Unreadable _ -> new Failed("what the rule says cannot be read");
    };
  }

  private static int compare(Money money, Money other) {
    if (!money.currency().equals(other.currency())) {
      throw new IllegalArgumentException("two currencies have no order");
    }
    return money.amount().compareTo(other.amount());
  }

  private static Judgement of(Circumstances it, Predicate<Money> holds, Predicate<Money> isOver) {
    var current = it.current();
    if (current == null) {
      return new Between();
    }
    if (holds.test(current)) {
      return Holds.of(it.previous(), current);
    }
    return isOver.test(current) ? Over.of(current) : new Between();
  }

  private static Judgement changed(Condition.BalanceChanged rule, Circumstances it) {
    var current = it.current();
    var extremes = it.extremes().get(rule.period());
    if (current == null || extremes == null) {
      return new Between();
    }
    if (rule.direction() != Direction.RISE
        && hasDropped(extremes.highest(), current.amount(), rule.size())) {
      return Holds.of(new Money(extremes.highest(), current.currency()), current);
    }
    if (rule.direction() != Direction.DROP
        && hasRisen(extremes.lowest(), current.amount(), rule.size())) {
      return Holds.of(new Money(extremes.lowest(), current.currency()), current);
    }
    return Over.of(current);
  }

  /**
   * By more than that, without a division, which would round. A drop is of 100 % at most, what lies
   * below zero counts as zero, and nothing or less cannot drop by a percentage: so time alone,
   * which only takes balances out of a period, never makes it true.
   */
  private static boolean hasDropped(BigDecimal highest, BigDecimal now, Size size) {
    return switch (size) {
      case Size.Amount(var amount) -> highest.subtract(now).compareTo(amount.amount()) > 0;
      case Size.Percent(var percent) ->
          highest.signum() > 0
              && highest
                      .subtract(now.max(BigDecimal.ZERO))
                      .multiply(HUNDRED)
                      .compareTo(highest.multiply(percent))
                  > 0;
    };
  }

  /** The same; any rise from nothing or less is by more than any percentage. */
  private static boolean hasRisen(BigDecimal lowest, BigDecimal now, Size size) {
    var rise = now.subtract(lowest);
    return switch (size) {
      case Size.Amount(var amount) -> rise.compareTo(amount.amount()) > 0;
      case Size.Percent(var percent) ->
          rise.signum() > 0
              && (lowest.signum() <= 0
                  || rise.multiply(HUNDRED).compareTo(lowest.multiply(percent)) > 0);
    };
  }

  private static Judgement dropped(AlertRule rule, @Nullable Money from, Circumstances it) {
    var current = it.current();
    if (current == null) {
      return new Between();
    }
    if (current.amount().signum() != 0) {
      return Over.of(current);
    }
    var previous = it.previous();
    var recordedAt = it.recordedAt();
    return previous != null
            && previous.amount().signum() > 0
            && (from == null || compare(previous, from) >= 0)
            && (recordedAt == null || !recordedAt.isBefore(rule.inForceSince()))
        ? Holds.of(previous, current)
        : new Between();
  }

  private static Judgement stale(@Nullable Duration after, Circumstances it) {
    return isSynced(it.wallet()) && isOld(after, it)
        ? Holds.of(confirmedAt(it).toString())
        : new Over(confirmedAt(it).toString());
  }

  private static Instant confirmedAt(Circumstances it) {
    var confirmedAt = it.confirmedAt();
    return confirmedAt == null ? it.wallet().createdAt() : confirmedAt;
  }

  private static boolean isOld(@Nullable Duration after, Circumstances it) {
    var slowest = it.schedule().slowest();
    var target =
        after != null
            ? after
            : (slowest == null ? it.schedule().interval() : slowest).multipliedBy(STALE_INTERVALS);
    return confirmedAt(it).plus(target).isBefore(it.now());
  }

  /** Nobody expects a paused wallet to be confirmed. */
  private static boolean isSynced(Wallet wallet) {
    return wallet.status() == Wallet.Status.ACTIVE;
  }

  private static Judgement over(@Nullable Difference found, Money limit) {
    if (found == null) {
      return new Over(null);
    }
    return found.isWithin(limit) ? new Over(found.toDecimalString()) : Holds.of(found);
  }

  /** A balance that is old or in doubt says nothing of how long it lasts. */
  private static Judgement runway(Duration limit, Circumstances it) {
    var runway = it.runway();
    if (runway == null || it.doubt().isPresent() || isOld(null, it)) {
      return new Between();
    }
    var lasts = runway.duration();
    if (lasts == null) {
      return new Over(null);
    }
    return lasts.compareTo(limit) < 0 ? Holds.of(lasts.toString()) : new Over(lasts.toString());
  }
}
