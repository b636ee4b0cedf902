package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.event.EarlySyncPolicy;
import io.walletsync.core.event.EventLanes;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Turns in PostgreSQL. Receiving an event writes nothing here: a connection is due because one of
 * its events waits, so no event can slip between a worker that ends and one that begins.
 */
final class PostgresEventLanes implements EventLanes {
  private final JdbcClient jdbc;
  private final EventSettlement settlement;

  PostgresEventLanes(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.settlement = new EventSettlement(jdbc);
  }

  @Override
  public List<Due> due(EarlySyncPolicy policy, int mostOfOneProvider) {
    // "waiting" hops through the partial index provider_event_waiting from one connection to the
    // next: one descent for each connection that has something waiting, however much it is
    return jdbc.sql(
            """
            with recursive waiting as (
              (select connection_id from provider_event
                where status = 'WAITING'
                order by connection_id
                limit 1)
              union all
              select (select next.connection_id from provider_event as next
                       where next.status = 'WAITING' and next.connection_id > waiting.connection_id
                       order by next.connection_id
                       limit 1)
                from waiting
               where waiting.connection_id is not null
            ), wanted as (
              select connection_id,
                     (select oldest.waiting_since from provider_event as oldest
                       where oldest.status = 'WAITING'
                         and oldest.connection_id = waiting.connection_id
                       order by oldest.waiting_since
                       limit 1) as since
                from waiting
               where connection_id is not null
              union all
              select connection_id, hinted_at from event_lane where hinted_at is not null
            ), due as (
              select wanted.connection_id, min(wanted.since) as since
                from wanted
                left join event_lane as lane on lane.connection_id = wanted.connection_id
               where wanted.since <= clock_timestamp() - :settle * interval '1 millisecond'
                 and (lane.connection_id is null
                      or (lane.not_before <= clock_timestamp()
                          and (lane.lease_until is null or lane.lease_until <= clock_timestamp())))
               group by wanted.connection_id
            ), placed as (
              select due.connection_id, connection.provider, due.since,
                     row_number() over (partition by connection.provider
                                        order by due.since) as place
                from due
                join connection on connection.connection_id = due.connection_id
            )
            select connection_id, provider
              from placed
             where place <= :mostOfOneProvider
             order by since
            """)
        .param("settle", policy.settle().toMillis())
        .param("mostOfOneProvider", mostOfOneProvider)
        .query(
            (row, _) ->
                new Due(
                    new ConnectionId(uuid(row, "connection_id")),
                    new ProviderId(row.getString("provider"))))
        .list();
  }

  @Override
  public Optional<Lease> lease(ConnectionId connection, EarlySyncPolicy policy) {
    var token = UUID.randomUUID();
    return jdbc.sql(
            """
            insert into event_lane as lane (connection_id, lease_token, lease_until, started_at,
                                            not_before, failures)
            select :connection, :token, now.at + :lease * interval '1 millisecond', now.at,
                   now.at + :spacing * interval '1 millisecond', 0
              from (select clock_timestamp() as at) as now
            on conflict (connection_id) do update
               set lease_token = excluded.lease_token, lease_until = excluded.lease_until,
                   started_at = excluded.started_at, not_before = excluded.not_before
             where lane.not_before <= excluded.started_at
               and (lane.lease_until is null or lane.lease_until <= excluded.started_at)
            returning started_at, failures
            """)
        .param("connection", connection.value())
        .param("token", token)
        .param("lease", policy.lease().toMillis())
        .param("spacing", policy.spacing().toMillis())
        .query(
            (row, _) ->
                new Lease(connection, token, instant(row, "started_at"), row.getInt("failures")))
        .optional();
  }

  @Override
  public Concern waiting(Lease lease) {
    return jdbc.sql(
            """
            with waiting as (
              select concern, currencies from provider_event
               where connection_id = :connection and status = 'WAITING'
                 and waiting_since <= :startedAt::timestamptz
            )
            select exists (select 1 from waiting) as some,
                   exists (select 1 from waiting where concern = 'EVERYTHING')
                     or exists (select 1 from event_lane
                                 where connection_id = :connection
                                   and hinted_at <= :startedAt::timestamptz) as everything,
                   array(select distinct unnest(currencies) from waiting) as currencies
            """)
        .param("connection", lease.connection().value())
        .param("startedAt", timestamp(lease.startedAt()))
        .query((row, _) -> concern(row))
        .single();
  }

  private static Concern concern(ResultSet row) throws SQLException {
    if (row.getBoolean("everything")) {
      return new Concern.Everything();
    }
    return row.getBoolean("some")
        ? new Concern.Currencies(EventRow.currencies(row, "currencies"))
        : new Concern.Nothing();
  }

  @Override
  public void hint(ConnectionId connection) {
    // in a flood the first look finds the hint of before, and writes and locks nothing
    jdbc.sql(
            """
            insert into event_lane as lane (connection_id, not_before, failures, hinted_at)
            select :connection, now.at, 0, now.at
              from (select clock_timestamp() as at) as now
             where not exists (select 1 from event_lane
                                where connection_id = :connection
                                  and hinted_at > coalesce(started_at, '-infinity'))
            on conflict (connection_id) do update set hinted_at = excluded.hinted_at
            """)
        .param("connection", connection.value())
        .update();
  }

  @Override
  public boolean served(Lease lease, Concern concern) {
    return release(lease, concern, 0, Duration.ZERO, true)
        && settlement.finish(
            lease, concern, "attempts = attempts + 1, status = 'DONE', last_error = null", "");
  }

  @Override
  public boolean putOff(
      Lease lease, Concern concern, Duration wait, int mostAttempts, String reason) {
    var failures = lease.failures() + 1;
    return release(lease, concern, failures, wait, failures >= mostAttempts)
        && settlement.tried(lease, concern, mostAttempts, reason);
  }

  @Override
  public boolean end(Lease lease, String reason) {
    var everything = new Concern.Everything();
    return release(lease, everything, 0, Duration.ZERO, true)
        && settlement.finish(lease, everything, "status = 'IGNORED', last_error = :reason", reason);
  }

  private boolean release(
      Lease lease, Concern concern, int failures, Duration wait, boolean endsHint) {
    return jdbc.sql(
                """
                update event_lane
                   set lease_token = null, lease_until = null, failures = :failures,
                       not_before = greatest(not_before,
                                             clock_timestamp() + :wait * interval '1 millisecond'),
                       hinted_at = case when :endsHint and hinted_at <= :startedAt::timestamptz
                                        then null else hinted_at end
                 where connection_id = :connection and lease_token = :token
                """)
            .param("failures", failures)
            .param("wait", wait.toMillis())
            .param("endsHint", endsHint && concern instanceof Concern.Everything)
            .param("startedAt", timestamp(lease.startedAt()))
            .param("connection", lease.connection().value())
            .param("token", lease.token())
            .update()
        == 1;
  }
}
