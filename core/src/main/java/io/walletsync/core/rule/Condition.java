package io.walletsync.core.rule;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** When a rule's alerts open and when they are over; what each means is in docs/alerts.md. */
public sealed interface Condition {
  /**
   * The available balance is less than the threshold, until it is {@code clearAt} or more.
   *
   * @param clearAt not less than the threshold
   */
  record BalanceBelow(Money threshold, Money clearAt) implements Condition {
    public BalanceBelow {
      if (clearAt.amount().compareTo(threshold.amount()) < 0) {
        throw new InvalidCondition("clear_at", "must not be less than threshold");
      }
    }
  }

  /**
   * The available balance is more than the threshold, until it is {@code clearAt} or less.
   *
   * @param clearAt not more than the threshold
   */
  record BalanceAbove(Money threshold, Money clearAt) implements Condition {
    public BalanceAbove {
      if (clearAt.amount().compareTo(threshold.amount()) > 0) {
        throw new InvalidCondition("clear_at", "must not be more than threshold");
      }
    }
  }

  /** The balance lies further than a size from one that was in force during the last period. */
  record BalanceChanged(Direction direction, Duration period, Size size) implements Condition {}

  /** Which way a balance went. */
  enum Direction {
    DROP,
    RISE,
    EITHER;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a change has to be more than. */
  sealed interface Size {
    record Amount(Money money) implements Size {}

    /** Of the highest balance of the period for a drop, of the lowest for a rise. */
    record Percent(BigDecimal value) implements Size {}
  }

  /**
   * The balance became exactly zero in one step from more than zero, until it is something else.
   *
   * @param from how much there has to have been; null for anything
   */
  record DroppedToZero(@Nullable Money from) implements Condition {}

  /**
   * The balance was not confirmed for longer.
   *
   * @param after null for three intervals of the wallet's schedule
   */
  record BalanceStale(@Nullable Duration after) implements Condition {}

  /** Three scheduled syncs failed in a row. */
  record SyncFailing() implements Condition {}

  /** A reading is not believed. */
  record ReadingQuarantined() implements Condition {}

  /** An open difference from the user's books is larger, in either direction. */
  record DriftOver(Money limit) implements Condition {}

  /** What movements do not explain of the changes of the last period adds up to more. */
  record UnexplainedOver(Money limit, Duration period) implements Condition {}

  /** At its present pace the balance lasts less long. */
  record RunwayBelow(Duration limit) implements Condition {}

  /** A webhook channel had something to deliver for longer and delivered nothing. */
  record ChannelSilent(Duration after) implements Condition {}

  /** No balance of any wallet in scope was confirmed for longer. */
  record NoSync(Duration after) implements Condition {}

  /** What is stored cannot be read, for instance because a newer version wrote it. */
  record Unreadable(AlertKind kind, SortedMap<String, String> fields) implements Condition {}

  default AlertKind kind() {
    return switch (this) {
      case BalanceBelow _ -> AlertKind.BALANCE_BELOW;
      case BalanceAbove _ -> AlertKind.BALANCE_ABOVE;
      case BalanceChanged _ -> AlertKind.BALANCE_CHANGED;
      case DroppedToZero _ -> AlertKind.DROPPED_TO_ZERO;
      case BalanceStale _ -> AlertKind.BALANCE_STALE;
      case SyncFailing _ -> AlertKind.SYNC_FAILING;
      case ReadingQuarantined _ -> AlertKind.READING_QUARANTINED;
      case DriftOver _ -> AlertKind.DRIFT_OVER;
      case UnexplainedOver _ -> AlertKind.UNEXPLAINED_OVER;
      case RunwayBelow _ -> AlertKind.RUNWAY_BELOW;
      case ChannelSilent _ -> AlertKind.CHANNEL_SILENT;
      case NoSync _ -> AlertKind.NO_SYNC;
      case Unreadable(var kind, _) -> kind;
    };
  }

  /** The only currency that it can be true of; empty where it speaks of no amount. */
  default Optional<CurrencyCode> currency() {
    var money =
        switch (this) {
          case BalanceBelow(var threshold, _) -> threshold;
          case BalanceAbove(var threshold, _) -> threshold;
          case BalanceChanged(_, _, Size.Amount(var amount)) -> amount;
          case DroppedToZero(var from) -> from;
          case DriftOver(var limit) -> limit;
          case UnexplainedOver(var limit, _) -> limit;
          case BalanceChanged _,
              BalanceStale _,
              SyncFailing _,
              ReadingQuarantined _,
              RunwayBelow _,
              ChannelSilent _,
              NoSync _,
              Unreadable _ ->
              null;
        };
    return Optional.ofNullable(money).map(Money::currency);
  }

  /** What has to be passed, as a text; empty where there is nothing of the kind. */
  default Optional<String> limitText() {
    return Optional.ofNullable(
        switch (this) {
          case BalanceBelow(var threshold, _) -> threshold.toDecimalString();
          case BalanceAbove(var threshold, _) -> threshold.toDecimalString();
          case BalanceChanged(_, _, Size.Amount(var amount)) -> amount.toDecimalString();
          case BalanceChanged(_, _, Size.Percent(var value)) -> value.toPlainString() + "%";
          case DriftOver(var limit) -> limit.toDecimalString();
          case UnexplainedOver(var limit, _) -> limit.toDecimalString();
          case RunwayBelow(var limit) -> limit.toString();
          case ChannelSilent(var after) -> after.toString();
          case NoSync(var after) -> after.toString();
          case BalanceStale(var after) -> after == null ? null : after.toString();
          case DroppedToZero _, SyncFailing _, ReadingQuarantined _, Unreadable _ -> null;
        });
  }
}
