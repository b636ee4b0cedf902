package io.walletsync.core.memory;

import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.provider.CallAllowances;
import io.walletsync.core.wallet.CallBudget.Period;
import io.walletsync.core.wallet.ConnectionId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

final class InMemoryCallAllowances implements CallAllowances {
  private final Table<Key, Counted> table;
  private final InMemoryTransactions transactions;
  private final InstantSource clock;

  InMemoryCallAllowances(InMemoryTransactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.table = transactions.table();
    this.clock = clock;
  }

  @Override
  public Grant take(ConnectionId connection, Period period, int limit, int wanted) {
    return transactions.inTransaction(
        () -> {
          var now = Microseconds.cut(clock.instant());
          var handedOut = handedOut(connection, period, now);
          var calls = Math.clamp(limit - handedOut, 0, wanted);
          table
              .rows()
              .put(
                  new Key(connection, period),
                  new Counted(period.windowStart(now), handedOut + calls));
          return new Grant(calls, now, period.windowEnd(now));
        });
  }

  @Override
  public HandedOut handedOut(Collection<ConnectionId> connections) {
    return transactions.inTransaction(
        () -> {
          var now = Microseconds.cut(clock.instant());
          var all = new HashMap<ConnectionId, Map<Period, Integer>>();
          for (var connection : connections) {
            var byPeriod = new EnumMap<Period, Integer>(Period.class);
            for (var period : Period.values()) {
              byPeriod.put(period, handedOut(connection, period, now));
            }
            all.put(connection, byPeriod);
          }
          return new HandedOut(now, all);
        });
  }

  private int handedOut(ConnectionId connection, Period period, Instant now) {
    var counted = table.rows().get(new Key(connection, period));
    return counted == null || !counted.windowStart().equals(period.windowStart(now))
        ? 0
        : counted.calls();
  }

  private record Key(ConnectionId connection, Period period) {}

  private record Counted(Instant windowStart, int calls) {}
}
