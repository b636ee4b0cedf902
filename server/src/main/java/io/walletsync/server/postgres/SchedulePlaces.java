package io.walletsync.server.postgres;

import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.SyncSchedule;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the registry does to the queue, in its own transactions. Rows of the queue are locked after
 * those of wallets and connections, several of them in the order of their ids.
 */
final class SchedulePlaces {
  private static final long STANDARD = SyncSchedule.STANDARD.interval().toSeconds();

  private final JdbcClient jdbc;

  SchedulePlaces(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A wallet that is new, or that is locked and is about to become what is given. */
  void follow(Wallet wallet) {
    jdbc.sql(
            """
            insert into wallet_schedule as place (wallet_id, provider, due_at, failures)
            select wallet.wallet_id, wallet.provider,
                   case when :status::text = 'ACTIVE'
                        then clock_timestamp()
                             + coalesce(:interval::integer, connection.sync_interval_seconds,
                                        :standard) * interval '1 second'
                   end,
                   0
              from wallet
              join connection on connection.connection_id = wallet.connection_id
             where wallet.wallet_id = :wallet
               and (wallet.status <> :status::text
                    or wallet.sync_interval_seconds is distinct from :interval::integer
                    or wallet.sync_slowest_seconds is distinct from :slowest::integer
                    or not exists (select 1 from wallet_schedule where wallet_id = :wallet))
            on conflict (wallet_id) do update
               set due_at = case when excluded.due_at is not null
                                 then least(place.due_at, excluded.due_at)
                            end,
                   failures = case when excluded.due_at is null then 0 else place.failures end,
                   lease_token = null, pace_millis = null
            """)
        .param("wallet", wallet.id().value())
        .param("status", wallet.status().name())
        .param("interval", ScheduleColumns.interval(wallet.schedule()))
        .param("slowest", ScheduleColumns.slowest(wallet.schedule()))
        .param("standard", STANDARD)
        .update();
  }

  /** Wallets that are closed and locked. */
  void leave(List<WalletId> wallets) {
    jdbc.sql(
            """
            with leaving as materialized (
              select wallet_id from wallet_schedule
               where wallet_id = any (?)
               order by wallet_id
                 for update
            )
            update wallet_schedule
               set due_at = null, lease_token = null, failures = 0, pace_millis = null
             where wallet_id in (select wallet_id from leaving)
            """)
        .param(Columns.array("uuid", wallets, WalletId::value))
        .update();
  }

  /** A locked connection that is about to become what is given. */
  void follow(Connection connection) {
    jdbc.sql(
            """
            with inheriting as materialized (
              select place.wallet_id
                from wallet
                join connection on connection.connection_id = wallet.connection_id
                join wallet_schedule as place on place.wallet_id = wallet.wallet_id
               where wallet.connection_id = :connection
                 and wallet.sync_interval_seconds is null
                 and place.due_at is not null
                 and (connection.sync_interval_seconds is distinct from :interval::integer
                      or connection.sync_slowest_seconds is distinct from :slowest::integer)
               order by place.wallet_id
                 for update of place
            )
            update wallet_schedule
               set due_at = least(due_at, clock_timestamp()
                                          + coalesce(:interval::integer, :standard)
                                            * interval '1 second'),
                   lease_token = null, pace_millis = null
             where wallet_id in (select wallet_id from inheriting)
            """)
        .param("connection", connection.id().value())
        .param("interval", ScheduleColumns.interval(connection.schedule()))
        .param("slowest", ScheduleColumns.slowest(connection.schedule()))
        .param("standard", STANDARD)
        .update();
  }

  /** A locked connection whose credentials were replaced: what failed may work now. */
  void retry(ConnectionId connection) {
    jdbc.sql(
            """
            with failing as materialized (
              select place.wallet_id
                from wallet
                join wallet_schedule as place on place.wallet_id = wallet.wallet_id
               where wallet.connection_id = ? and place.failures > 0 and place.due_at is not null
               order by place.wallet_id
                 for update of place
            )
            update wallet_schedule set due_at = clock_timestamp(), lease_token = null
             where wallet_id in (select wallet_id from failing)
            """)
        .param(connection.value())
        .update();
  }
}
