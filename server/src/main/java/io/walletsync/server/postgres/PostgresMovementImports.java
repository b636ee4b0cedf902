package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.instantOrNull;
import static io.walletsync.server.postgres.Columns.timestampOrNull;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.movement.Coverage;
import io.walletsync.core.movement.ImportProgress;
import io.walletsync.core.movement.MovementFeed.Window;
import io.walletsync.core.movement.MovementImports;
import io.walletsync.core.wallet.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far imports are, in PostgreSQL: a row a wallet, taken by an update that sees it is free. */
final class PostgresMovementImports implements MovementImports {
  private final JdbcClient jdbc;

  PostgresMovementImports(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Taken> take(WalletId wallet, Duration lease) {
    return jdbc.sql(
            """
            insert into movement_import (wallet_id, lease_token, leased_until, failures)
            values (:wallet, gen_random_uuid(),
                    clock_timestamp() + :lease * interval '1 millisecond', 0)
                on conflict (wallet_id) do update
               set lease_token = excluded.lease_token, leased_until = excluded.leased_until
             where movement_import.leased_until is null
                or movement_import.leased_until <= clock_timestamp()
            returning *, clock_timestamp() as taken_at
            """)
        .param("wallet", wallet.value())
        .param("lease", lease.toMillis())
        .query(
            (row, _) ->
                new Taken(
                    new Lease(wallet, uuid(row, "lease_token"), lease),
                    progress(row),
                    instant(row, "taken_at")))
        .optional();
  }

  @Override
  public boolean save(Lease lease, ImportProgress progress) {
    var complete = progress.complete();
    var reading = progress.reading();
    return jdbc.sql(
                """
                update movement_import
                   set complete_from = :completeFrom, complete_until = :completeUntil,
                       window_from = :windowFrom, window_until = :windowUntil,
                       next_page = :page, unchecked_from = :unchecked,
                       checked_until = :checked,
                       leased_until = clock_timestamp() + :lease * interval '1 millisecond'
                 where wallet_id = :wallet and lease_token = :token
                """)
            .param("wallet", lease.wallet().value())
            .param("token", lease.token())
            .param("lease", lease.lasts().toMillis())
            .param("completeFrom", timestampOrNull(complete == null ? null : complete.from()))
            .param("completeUntil", timestampOrNull(complete == null ? null : complete.until()))
            .param("windowFrom", timestampOrNull(reading == null ? null : reading.from()))
            .param("windowUntil", timestampOrNull(reading == null ? null : reading.until()))
            .param("page", progress.page())
            .param("unchecked", timestampOrNull(progress.uncheckedFrom()))
            .param("checked", timestampOrNull(progress.checkedUntil()))
            .update()
        == 1;
  }

  @Override
  public boolean end(Lease lease, @Nullable String failure, @Nullable Duration next) {
    return jdbc.sql(
                """
                update movement_import
                   set lease_token = null, leased_until = null, ended_at = clock_timestamp(),
                       due_at = clock_timestamp() + :next::bigint * interval '1 millisecond',
                       failure = :failure,
                       failures = case when :failure::text is null then 0 else failures + 1 end
                 where wallet_id = :wallet and lease_token = :token
                """)
            .param("wallet", lease.wallet().value())
            .param("token", lease.token())
            .param("next", next == null ? null : next.toMillis())
            .param("failure", failure)
            .update()
        == 1;
  }

  @Override
  public Optional<Standing> find(WalletId wallet) {
    return jdbc.sql("select * from movement_import where wallet_id = ?")
        .param(wallet.value())
        .query(
            (row, _) ->
                new Standing(
                    progress(row),
                    instantOrNull(row, "ended_at"),
                    row.getString("failure"),
                    row.getInt("failures")))
        .optional();
  }

  @Override
  public List<WalletId> due(int atMost) {
    // a wallet that was paused or closed would be found first each time
    jdbc.sql(
            """
            update movement_import set due_at = null
             where due_at <= statement_timestamp()
               and wallet_id in (select wallet_id from wallet
                                  where wallet.wallet_id = movement_import.wallet_id
                                    and status <> 'ACTIVE')
            """)
        .update();
    return jdbc.sql(
            """
            select movement_import.wallet_id
              from movement_import join wallet using (wallet_id)
             where due_at <= statement_timestamp() and status = 'ACTIVE'
               and (leased_until is null or leased_until <= statement_timestamp())
             order by due_at
             limit ?
            """)
        .param(atMost)
        .query((row, _) -> new WalletId(uuid(row, "wallet_id")))
        .list();
  }

  @Override
  public int enrol(Duration within, int atMost) {
    return jdbc.sql(
            """
            insert into movement_import (wallet_id, due_at, failures)
            select wallet_id,
                   clock_timestamp() + random() * :within * interval '1 millisecond', 0
              from wallet_schedule as place -- narrow, and due where the wallet is active
             where due_at is not null
               and not exists (select from movement_import as known
                                where known.wallet_id = place.wallet_id
                                  and known.due_at is not null)
             limit :limit
                on conflict (wallet_id) do update set due_at = excluded.due_at
             where movement_import.due_at is null and movement_import.lease_token is null
            """)
        .param("within", within.toMillis())
        .param("limit", atMost)
        .update();
  }

  @Override
  public Optional<Duration> oldest() {
    return jdbc.sql(
            """
            select floor(extract(epoch from clock_timestamp() - min(ended_at)) * 1000)::bigint
              from movement_import
             where due_at is not null
            having min(ended_at) is not null
            """)
        .query((row, _) -> Duration.ofMillis(Math.max(0, row.getLong(1))))
        .optional();
  }

  private static ImportProgress progress(ResultSet row) throws SQLException {
    var completeFrom = instantOrNull(row, "complete_from");
    var completeUntil = instantOrNull(row, "complete_until");
    var windowFrom = instantOrNull(row, "window_from");
    var windowUntil = instantOrNull(row, "window_until");
    return new ImportProgress(
        completeFrom == null || completeUntil == null
            ? null
            : new Coverage(completeFrom, completeUntil),
        windowFrom == null || windowUntil == null ? null : new Window(windowFrom, windowUntil),
        row.getString("next_page"),
        instantOrNull(row, "unchecked_from"),
        instantOrNull(row, "checked_until"));
  }
}
