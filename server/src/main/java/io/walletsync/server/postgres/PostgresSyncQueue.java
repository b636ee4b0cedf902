package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.instantOrNull;
import static io.walletsync.server.postgres.Columns.moneyOrNull;
import static io.walletsync.server.postgres.Columns.uuid;
import static io.walletsync.server.postgres.Columns.uuids;

import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.SyncSchedule;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The queue in PostgreSQL. A leased wallet is due again when the lease ends, so the index of what
 * is due holds everything there is to know: nobody has to look for the dead, and no look passes
 * over what is under way.
 */
final class PostgresSyncQueue implements SyncQueue {
  /** Whether ten thousand wallets are overdue or a million: the alert is the same. */
  private static final int MOST_COUNTED = 10_000;

  private final JdbcClient jdbc;

  PostgresSyncQueue(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Leased lease(ProviderId provider, int most, Duration leaseFor) {
    var token = UUID.randomUUID();
    // the time as a subquery: taken once, or the index would be read to its end
    var rows =
        jdbc.sql(
                """
                with due as materialized (
                  select wallet_id, due_at, lease_token is not null as is_taken_over
                    from wallet_schedule
                   where provider = :provider and due_at <= (select clock_timestamp())
                   order by due_at
                   limit :most
                     for update skip locked
                ), leased as (
                  update wallet_schedule as place
                     set lease_token = :token,
                         due_at = now.at + :leaseFor * interval '1 millisecond'
                    from due, (select clock_timestamp() as at) as now
                   where place.wallet_id = due.wallet_id
                  returning place.wallet_id as leased_id, place.failures, place.pace_millis,
                            due.due_at as was_due_at, due.is_taken_over, now.at
                )
                select wallet.*, leased.*,
                       connection.sync_interval_seconds as inherited_sync_interval_seconds,
                       connection.sync_slowest_seconds as inherited_sync_slowest_seconds
                  from leased
                  join wallet on wallet.wallet_id = leased.leased_id
                  join connection on connection.connection_id = wallet.connection_id
                 order by leased.was_due_at
                """)
            .param("provider", provider.value())
            .param("most", most)
            .param("token", token)
            .param("leaseFor", leaseFor.toMillis())
            .query((row, _) -> new LeasedRow(due(row, token), instant(row, "at")))
            .list();
    return new Leased(
        rows.stream().map(LeasedRow::due).toList(),
        rows.isEmpty() ? Instant.EPOCH : Microseconds.cut(rows.getFirst().at()));
  }

  private static DueWallet due(ResultSet row, UUID token) throws SQLException {
    var wallet = PostgresWallets.wallet(row);
    var pace = row.getObject("pace_millis", Integer.class);
    return new DueWallet(
        wallet,
        new Lease(wallet.id(), token),
        inForce(row, wallet.schedule()),
        row.getInt("failures"),
        pace == null ? null : Duration.ofMillis(pace),
        moneyOrNull(row, "latest_available", wallet.currency()),
        row.getBoolean("is_taken_over"));
  }

  private static SyncSchedule inForce(ResultSet row, @Nullable SyncSchedule own)
      throws SQLException {
    return SyncSchedule.inForce(own, ScheduleColumns.read(row, "inherited_"));
  }

  @Override
  public Set<Lease> lockHeld(Collection<Lease> leases) {
    var locked =
        jdbc.sql(
                """
                select wallet_id, lease_token
                  from wallet_schedule
                 where wallet_id = any ((select ?::uuid[])::uuid[])
                   and lease_token = any (?)
                   and due_at > (select clock_timestamp())
                 order by wallet_id
                   for update
                """)
            .param(array("uuid", leases, lease -> lease.wallet().value()))
            .param(uuids(leases.stream().map(Lease::token).collect(Collectors.toSet())))
            .query(
                (row, _) ->
                    new Lease(new WalletId(uuid(row, "wallet_id")), uuid(row, "lease_token")))
            .set();
    locked.retainAll(Set.copyOf(leases));
    return locked;
  }

  @Override
  public void settle(Collection<Next> next) {
    jdbc.sql(
            """
            update wallet_schedule as place
               set due_at = next.due_at, lease_token = null, failures = next.failures,
                   pace_millis = next.pace_millis
              from unnest((select ?::uuid[]), ?::uuid[], ?::timestamptz[], ?::integer[],
                          ?::integer[])
                     as next (wallet_id, lease_token, due_at, failures, pace_millis)
             where place.wallet_id = next.wallet_id and place.lease_token = next.lease_token
            """)
        .param(array("uuid", next, one -> one.lease().wallet().value()))
        .param(array("uuid", next, one -> one.lease().token()))
        .param(array("timestamptz", next, Next::dueAt))
        .param(array("integer", next, Next::failures))
        .param(array("integer", next, PostgresSyncQueue::paceMillis))
        .update();
  }

  private static @Nullable Integer paceMillis(Next next) {
    var pace = next.pace();
    return pace == null ? null : Math.toIntExact(pace.toMillis());
  }

  @Override
  public void quicken(Collection<WalletId> wallets) {
    jdbc.sql(
            """
            with adaptive as materialized (
              select place.wallet_id,
                     case when wallet.sync_interval_seconds is null
                          then connection.sync_interval_seconds
                          else wallet.sync_interval_seconds
                     end as fastest
                from wallet_schedule as place
                join wallet on wallet.wallet_id = place.wallet_id
                join connection on connection.connection_id = wallet.connection_id
               where place.wallet_id = any (?)
                 and place.due_at is not null
                 and place.lease_token is null
                 and case when wallet.sync_interval_seconds is null
                          then connection.sync_slowest_seconds
                          else wallet.sync_slowest_seconds
                     end is not null
               order by place.wallet_id
                 for update of place
            )
            update wallet_schedule as place
               set due_at = least(due_at, clock_timestamp() + fastest * interval '1 second'),
                   pace_millis = fastest * 1000
              from adaptive
             where place.wallet_id = adaptive.wallet_id
            """)
        .param(array("uuid", wallets, WalletId::value))
        .update();
  }

  @Override
  public Map<WalletId, Standing> standing(Visibility visibility, Collection<WalletId> wallets) {
    var standing = new HashMap<WalletId, Standing>();
    jdbc.sql(
            """
            select wallet.wallet_id, wallet.sync_interval_seconds, wallet.sync_slowest_seconds,
                   connection.sync_interval_seconds as inherited_sync_interval_seconds,
                   connection.sync_slowest_seconds as inherited_sync_slowest_seconds,
                   case when place.lease_token is null then place.due_at end as due_at,
                   coalesce(place.failures, 0) as failures
              from wallet
              join connection on connection.connection_id = wallet.connection_id
              left join wallet_schedule as place on place.wallet_id = wallet.wallet_id
             where wallet.wallet_id = any (:wallets)
               and (:visible::uuid[] is null or wallet.connection_id = any (:visible::uuid[]))
            """)
        .param("wallets", array("uuid", wallets, WalletId::value))
        .param("visible", uuids(visibility.connections()))
        .query(
            row -> {
              standing.put(
                  new WalletId(uuid(row, "wallet_id")),
                  new Standing(
                      inForce(row, ScheduleColumns.read(row, "")),
                      instantOrNull(row, "due_at"),
                      row.getInt("failures")));
            });
    return standing;
  }

  @Override
  public long countOverdue(Duration longerThan) {
    // provider by provider, for that is how the index is ordered
    return jdbc.sql(
            """
            select coalesce(sum((
                     select count(*)
                       from (select 1
                               from wallet_schedule as place
                              where place.provider = known.provider
                                and place.due_at < (select clock_timestamp())
                                                   - ? * interval '1 millisecond'
                              limit ?) as overdue)), 0)
              from (select distinct provider from connection) as known
            """)
        .param(longerThan.toMillis())
        .param(MOST_COUNTED)
        .query(Long.class)
        .single();
  }

  private record LeasedRow(DueWallet due, Instant at) {}
}
