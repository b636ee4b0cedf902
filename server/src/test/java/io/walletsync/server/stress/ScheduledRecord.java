package io.walletsync.server.stress;

import io.walletsync.server.support.TestDatabase;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A balance that was recorded by schedule.
 *
 * @param tick which of the wallet's intervals of ten seconds it belongs to, once the wallet's next
 *     turn is known
 */
record ScheduledRecord(String wallet, long balance, Instant callStartedAt, long tick) {
  /** Everything of a database, each wallet's in the order of its sequence. */
  static List<ScheduledRecord> all(TestDatabase database) {
    return database
        .look()
        .sql(
            """
            select wallet_id, available::bigint as balance, call_started_at,
                   floor(extract(epoch from call_started_at - due_at) / 10)::bigint as tick
              from wallet_balance_snapshot
              join wallet_schedule using (wallet_id)
             where source = 'SCHEDULE'
             order by wallet_id, sequence
            """)
        .query(
            (row, _) ->
                new ScheduledRecord(
                    row.getString("wallet_id"),
                    row.getLong("balance"),
                    row.getObject("call_started_at", OffsetDateTime.class).toInstant(),
                    row.getLong("tick")))
        .list();
  }
}
