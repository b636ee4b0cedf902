package io.walletsync.server.http.connection;

import io.walletsync.core.provider.ReadCallBudgets;
import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.CallBudget.Period;
import io.walletsync.server.http.wire.Field;
import io.walletsync.server.http.wire.JsonFields;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A connection's budget of calls as it stands; null where calls are not limited. */
@JsonNaming(SnakeCaseStrategy.class)
record CallBudgetJson(@Nullable Window perSecond, @Nullable Window perDay) {
  private static final String FIELD = "call_budget";
  private static final Map<String, Period> MEMBERS =
      Map.of("per_second", Period.SECOND, "per_day", Period.DAY);

  /**
   * A budget in its present window.
   *
   * @param remaining what no node has taken yet
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Window(int limit, int remaining, Instant resetsAt) {
    private static @Nullable Window of(ReadCallBudgets.@Nullable Window window) {
      return window == null
          ? null
          : new Window(window.limit(), window.remaining(), window.resetsAt());
    }
  }

  static CallBudgetJson of(ReadCallBudgets.State state) {
    return new CallBudgetJson(Window.of(state.perSecond()), Window.of(state.perDay()));
  }

  static Field<Map<String, @Nullable Integer>> read(JsonFields fields) {
    return fields.optionalNumberPatch(FIELD, MEMBERS.keySet(), CallBudget::requireLimit);
  }

  /** The limits to set; a null value removes one. */
  static Map<Period, @Nullable Integer> changes(Field<Map<String, @Nullable Integer>> read) {
    var changes = new EnumMap<Period, @Nullable Integer>(Period.class);
    var members = read.orNull();
    if (members != null) {
      MEMBERS.forEach(
          (name, period) -> {
            if (members.containsKey(name)) {
              changes.put(period, members.get(name));
            }
          });
    }
    return changes;
  }

  static CallBudget budget(Field<Map<String, @Nullable Integer>> read) {
    var budget = CallBudget.UNLIMITED;
    for (var change : changes(read).entrySet()) {
      budget = budget.with(change.getKey(), change.getValue());
    }
    return budget;
  }
}
