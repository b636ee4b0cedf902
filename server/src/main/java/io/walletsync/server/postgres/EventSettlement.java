package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.event.EventLanes.Lease;
import io.walletsync.core.event.Notice.Concern;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a lease does to the events that waited for it, once its lane is given back. */
final class EventSettlement {
  /** So many rows that a statement ends long before its timeout. */
  private static final int SETTLED_AT_ONCE = 5_000;

  private final JdbcClient jdbc;

  EventSettlement(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  boolean finish(Lease lease, Concern concern, String change, String reason) {
    settle(lease, concern, "processed_at = clock_timestamp(), " + change, reason, 0);
    return true;
  }

  boolean tried(Lease lease, Concern concern, int mostAttempts, String reason) {
    var change =
        """
        attempts = attempts + 1, last_error = :reason,
        status = case when attempts + 1 < :most then 'WAITING' else 'FAILED' end,
        processed_at = case when attempts + 1 < :most then null else clock_timestamp() end
        """;
    settle(lease, concern, change, reason, mostAttempts);
    return true;
  }

  /**
   * Changes what waited by the start of the lease and is part of what was synced, batch by batch in
   * the open transaction. No list of events is needed: whatever the rule says is served, even where
   * its row became visible only during the sync.
   */
  private void settle(
      Lease lease, Concern concern, String change, String reason, int mostAttempts) {
    var last = Optional.of(new Position(Instant.EPOCH, new UUID(0, 0)));
    while (last.isPresent()) {
      last =
          jdbc.sql(
                  """
                  with batch as (
                    select event_id, waiting_since from provider_event
                     where connection_id = :connection and status = 'WAITING'
                       and waiting_since <= :startedAt::timestamptz
                       and (waiting_since, event_id) > (:afterTime::timestamptz, :afterId::uuid)
                       and (:concern = 'EVERYTHING'
                            or (:concern = 'CURRENCIES' and concern = 'CURRENCIES'
                                and currencies <@ :currencies::text[]))
                     order by waiting_since, event_id
                     limit :batch
                  ), changed as (
                    update provider_event set\s"""
                      + change
                      + """
                     where event_id in (select event_id from batch)
                  )
                  select waiting_since, event_id from batch
                   order by waiting_since desc, event_id desc
                   limit 1
                  """)
              .param("connection", lease.connection().value())
              .param("startedAt", timestamp(lease.startedAt()))
              .param("afterTime", timestamp(last.get().waitingSince()))
              .param("afterId", last.get().event())
              .param("concern", EventRow.concern(concern))
              .param("currencies", EventRow.currencies(concern))
              .param("reason", reason)
              .param("most", mostAttempts)
              .param("batch", SETTLED_AT_ONCE)
              .query((row, _) -> new Position(instant(row, "waiting_since"), uuid(row, "event_id")))
              .optional();
    }
  }

  private record Position(Instant waitingSince, UUID event) {}
}
