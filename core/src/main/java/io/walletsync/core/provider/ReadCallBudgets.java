package io.walletsync.core.provider;

import io.walletsync.core.provider.CallAllowances.HandedOut;
import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.CallBudget.Period;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderProfiles;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Use case: say how much of their budgets connections have left. */
public final class ReadCallBudgets {
  private final CallAllowances allowances;
  private final ProviderProfiles profiles;

  public ReadCallBudgets(CallAllowances allowances, ProviderProfiles profiles) {
    this.allowances = allowances;
    this.profiles = profiles;
  }

  public Map<ConnectionId, State> read(Collection<Connection> connections) {
    var budgets =
        connections.stream()
            .collect(Collectors.toUnmodifiableMap(Connection::id, profiles::budget));
    var limited =
        budgets.entrySet().stream()
            .filter(entry -> !entry.getValue().equals(CallBudget.UNLIMITED))
            .map(Map.Entry::getKey)
            .toList();
    if (limited.isEmpty()) {
      return budgets.keySet().stream()
          .collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> State.UNLIMITED));
    }
    var handedOut = allowances.handedOut(limited);
    return budgets.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey,
                entry ->
                    new State(
                        window(entry.getKey(), entry.getValue(), Period.SECOND, handedOut),
                        window(entry.getKey(), entry.getValue(), Period.DAY, handedOut))));
  }

  private static @Nullable Window window(
      ConnectionId connection, CallBudget budget, Period period, HandedOut handedOut) {
    var limit = budget.limit(period);
    return limit == null
        ? null
        : new Window(
            limit,
            Math.max(limit - handedOut.calls(connection, period), 0),
            period.windowEnd(handedOut.at()));
  }

  /** A connection's budget as it stands; null where calls are not limited. */
  public record State(@Nullable Window perSecond, @Nullable Window perDay) {
    private static final State UNLIMITED = new State(null, null);
  }

  /**
   * A budget in its present window.
   *
   * @param remaining what no node has taken yet; a node may hold some that it has not spent
   */
  public record Window(int limit, int remaining, Instant resetsAt) {}
}
