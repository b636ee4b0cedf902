package io.walletsync.core.provider;

import io.walletsync.core.wallet.CallBudget.Period;
import io.walletsync.core.wallet.ConnectionId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Driven port: hands out the calls that all nodes together may send for a connection. */
public interface CallAllowances {
  /**
   * Takes calls out of the present window of the database's clock. However many nodes ask, at once
   * or one after another, and whatever becomes of them: no window hands out more than its limit.
   *
   * @param limit of the window; where it was higher before, what was handed out stays so
   * @param wanted at least one; fewer are granted where fewer are left, and none where none are
   */
  Grant take(ConnectionId connection, Period period, int limit, int wanted);

  /** What was handed out for these connections in the windows of now. */
  HandedOut handedOut(Collection<ConnectionId> connections);

  /**
   * Calls that may be sent until the window ends, and are worth nothing afterwards.
   *
   * @param takenAt the database's time after they were taken
   * @param windowEnd may have passed already, where the database was slow
   */
  record Grant(int calls, Instant takenAt, Instant windowEnd) {}

  /**
   * Calls by connection and period; one that is missing had none.
   *
   * @param at the database's time
   */
  record HandedOut(Instant at, Map<ConnectionId, Map<Period, Integer>> calls) {
    public int calls(ConnectionId connection, Period period) {
      return calls.getOrDefault(connection, Map.of()).getOrDefault(period, 0);
    }
  }
}
