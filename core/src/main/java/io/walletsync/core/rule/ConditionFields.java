package io.walletsync.core.rule;

import io.walletsync.core.money.Money;
import io.walletsync.core.rule.Condition.BalanceAbove;
import io.walletsync.core.rule.Condition.BalanceBelow;
import io.walletsync.core.rule.Condition.BalanceChanged;
import io.walletsync.core.rule.Condition.BalanceStale;
import io.walletsync.core.rule.Condition.ChannelSilent;
import io.walletsync.core.rule.Condition.Direction;
import io.walletsync.core.rule.Condition.DriftOver;
import io.walletsync.core.rule.Condition.DroppedToZero;
import io.walletsync.core.rule.Condition.NoSync;
import io.walletsync.core.rule.Condition.ReadingQuarantined;
import io.walletsync.core.rule.Condition.RunwayBelow;
import io.walletsync.core.rule.Condition.Size;
import io.walletsync.core.rule.Condition.SyncFailing;
import io.walletsync.core.rule.Condition.UnexplainedOver;
import io.walletsync.core.rule.Condition.Unreadable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A condition as texts by name, which is how it is stored and sent. */
public final class ConditionFields {
  /**
   * What rules about changes look back to. Its balances are read inside the transaction that
   * records the next one, for all rules together: few periods and no long one keep that cheap.
   */
  private static final List<Duration> PERIODS =
      Stream.of(
              "PT1M", "PT5M", "PT10M", "PT15M", "PT30M", "PT1H", "PT2H", "PT3H", "PT6H", "PT12H",
              "P1D", "P2D", "P3D", "P7D")
          .map(Duration::parse)
          .toList();

  private static final List<Duration> LONG_PERIODS =
      Stream.of("P1D", "P7D", "P30D", "P90D", "P365D").map(Duration::parse).toList();

  private static final Duration USUAL_LONG_PERIOD = Duration.ofDays(30);

  /** No forecast looks further. */
  private static final Duration LONGEST_RUNWAY = Duration.ofDays(90);

  private ConditionFields() {}

  /** What was written, or {@link InvalidCondition}; {@code kind} is one of the members. */
  public static Condition read(Map<String, String> fields) {
    var reader = new ConditionReader(fields);
    var condition =
        switch (reader.kind()) {
          case BALANCE_BELOW -> {
            var threshold = reader.money("threshold");
            yield new BalanceBelow(threshold, reader.money("clear_at", threshold));
          }
          case BALANCE_ABOVE -> {
            var threshold = reader.money("threshold");
            yield new BalanceAbove(threshold, reader.money("clear_at", threshold));
          }
          case BALANCE_CHANGED ->
              new BalanceChanged(
                  reader.direction(), reader.oneOf("period", PERIODS, null), reader.size());
          case DROPPED_TO_ZERO -> new DroppedToZero(reader.optionalMoney("from"));
          case BALANCE_STALE -> new BalanceStale(reader.optionalDuration("after"));
          case SYNC_FAILING -> new SyncFailing();
          case READING_QUARANTINED -> new ReadingQuarantined();
          case DRIFT_OVER -> new DriftOver(reader.unsignedMoney("limit"));
          case UNEXPLAINED_OVER ->
              new UnexplainedOver(
                  reader.unsignedMoney("limit"),
                  reader.oneOf("period", LONG_PERIODS, USUAL_LONG_PERIOD));
          case RUNWAY_BELOW -> new RunwayBelow(reader.duration("limit", LONGEST_RUNWAY));
          case CHANNEL_SILENT -> new ChannelSilent(reader.duration("after"));
          case NO_SYNC -> new NoSync(reader.duration("after"));
          case STORM, ENGINE_ERROR -> throw reader.noSuchKind();
        };
    reader.done();
    return condition;
  }

  /** What {@link #read} reads. */
  public static SortedMap<String, String> write(Condition condition) {
    var fields = new TreeMap<String, String>();
    switch (condition) {
      case BalanceBelow(var threshold, var clearAt) -> {
        money(fields, "threshold", threshold);
        money(fields, "clear_at", clearAt);
      }
      case BalanceAbove(var threshold, var clearAt) -> {
        money(fields, "threshold", threshold);
        money(fields, "clear_at", clearAt);
      }
      case BalanceChanged(var direction, var period, var size) -> {
        fields.put("direction", direction.code());
        fields.put("period", period.toString());
        switch (size) {
          case Size.Amount(var amount) -> money(fields, "amount", amount);
          case Size.Percent(var value) -> fields.put("percent", value.toPlainString());
        }
      }
      case DroppedToZero(var from) -> {
        if (from != null) {
          money(fields, "from", from);
        }
      }
      case BalanceStale(var after) -> {
        if (after != null) {
          fields.put("after", after.toString());
        }
      }
      case DriftOver(var limit) -> money(fields, "limit", limit);
      case UnexplainedOver(var limit, var period) -> {
        money(fields, "limit", limit);
        fields.put("period", period.toString());
      }
      case RunwayBelow(var limit) -> fields.put("limit", limit.toString());
      case ChannelSilent(var after) -> fields.put("after", after.toString());
      case NoSync(var after) -> fields.put("after", after.toString());
      case SyncFailing _, ReadingQuarantined _ -> {}
      case Unreadable(_, var stored) -> fields.putAll(stored);
    }
    fields.put("kind", condition.kind().code());
    return fields;
  }

  private static void money(Map<String, String> fields, String name, Money money) {
    fields.put("currency", money.currency().value());
    fields.put(name, money.toDecimalString());
  }

  /** What is stored; where that cannot be read, a condition that says so. */
  public static Condition stored(AlertKind kind, SortedMap<String, String> fields) {
    try {
      return read(fields);
    } catch (InvalidCondition _) {
      return new Unreadable(kind, fields);
    }
  }

  static Direction direction(String code) {
    return switch (code) {
      case "drop" -> Direction.DROP;
      case "rise" -> Direction.RISE;
      case "either" -> Direction.EITHER;
      default -> throw new InvalidCondition("direction", "must be drop, rise or either");
    };
  }
}
