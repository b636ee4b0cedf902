package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.provider.CallAllowances;
import io.walletsync.core.wallet.CallBudget.Period;
import io.walletsync.core.wallet.ConnectionId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Call allowances in PostgreSQL: one statement and one row decide, whoever asks. */
final class PostgresCallAllowances implements CallAllowances {
  private final JdbcClient jdbc;

  PostgresCallAllowances(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The time of the insert was read before the row was locked, so the row may be in a later window
   * already: then the calls are taken from that one. A window never goes back.
   */
  @Override
  public Grant take(ConnectionId connection, Period period, int limit, int wanted) {
    return jdbc.sql(
            """
            insert into call_allowance as kept (connection_id, period, window_start, taken, last_taken)
            values (:connection, :period, date_trunc(:unit, clock_timestamp(), 'UTC'),
                    least(:wanted, :limit), least(:wanted, :limit))
            on conflict (connection_id, period) do update
               set last_taken = case when kept.window_start < excluded.window_start
                                     then excluded.last_taken
                                     else least(:wanted, greatest(:limit - kept.taken, 0)) end,
                   taken = case when kept.window_start < excluded.window_start
                                then excluded.taken
                                else kept.taken + least(:wanted, greatest(:limit - kept.taken, 0)) end,
                   window_start = greatest(kept.window_start, excluded.window_start)
            returning last_taken, window_start, clock_timestamp() as taken_at
            """)
        .param("connection", connection.value())
        .param("period", period.name())
        .param("unit", unit(period))
        .param("limit", limit)
        .param("wanted", wanted)
        .query(
            (row, _) ->
                new Grant(
                    row.getInt("last_taken"),
                    instant(row, "taken_at"),
                    period.windowEnd(instant(row, "window_start"))))
        .single();
  }

  @Override
  public HandedOut handedOut(Collection<ConnectionId> connections) {
    var now =
        jdbc.sql("select clock_timestamp() as now").query((row, _) -> instant(row, "now")).single();
    var calls = new HashMap<ConnectionId, Map<Period, Integer>>();
    jdbc.sql(
            """
            select connection_id, period, window_start, taken
              from call_allowance
             where connection_id = any (?::uuid[])
            """)
        .param(array("uuid", connections, ConnectionId::value))
        .query(
            row -> {
              var period = Period.valueOf(row.getString("period"));
              var windowStart = instant(row, "window_start");
              if (!windowStart.isBefore(period.windowStart(now))) {
                calls
                    .computeIfAbsent(
                        new ConnectionId(uuid(row, "connection_id")),
                        _ -> new EnumMap<>(Period.class))
                    .put(period, row.getInt("taken"));
              }
            });
    return new HandedOut(now, calls);
  }

  private static String unit(Period period) {
    return switch (period) {
      case SECOND -> "second";
      case DAY -> "day";
    };
  }
}
