package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.bulk.SyncRunFilter;
import io.walletsync.core.bulk.SyncRunPolicy;
import io.walletsync.core.bulk.SyncRuns.Chunk;
import io.walletsync.core.bulk.SyncRuns.Lease;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.server.postgres.SyncRunWalk.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What of runs is in flight. Chunks are cut, taken over and ended under the lock of their run. */
final class SyncRunChunks {
  private final JdbcClient jdbc;
  private final SyncRunWalk walk;

  SyncRunChunks(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.walk = new SyncRunWalk(jdbc);
  }

  /** A chunk whose holder is gone, else one that is cut now; empty where there is neither. */
  Optional<Chunk> take(Locked run, SyncRunPolicy policy) {
    return takeOver(run, policy)
        .or(() -> run.isWalked() ? Optional.empty() : cut(run, policy))
        .map(taken -> chunk(run, taken));
  }

  private Optional<Taken> takeOver(Locked run, SyncRunPolicy policy) {
    return jdbc.sql(
            """
            update sync_run_chunk
               set lease_token = :token, attempts = attempts + 1,
                   lease_until = clock_timestamp() + :lease * interval '1 millisecond'
             where run_id = :run
               and chunk_no = (select chunk_no from sync_run_chunk
                                where run_id = :run and lease_until <= clock_timestamp()
                                order by chunk_no
                                limit 1)
            returning chunk_no, lease_token, wallets, attempts, clock_timestamp() as started_at
            """)
        .param("token", UUID.randomUUID())
        .param("lease", policy.lease().toMillis())
        .param("run", run.id())
        .query((row, _) -> taken(row))
        .optional();
  }

  private Optional<Taken> cut(Locked run, SyncRunPolicy policy) {
    var step =
        walk.next(
            run.filter(), run.visibility(), run.createdAt(), run.position(), policy.chunkSize());
    var found = !step.wallets().isEmpty();
    var number =
        jdbc.sql(
                """
                update sync_run
                   set position_connection = ?, position_wallet = ?, walked = ?,
                       chunks = chunks + ?
                 where run_id = ?
                returning chunks
                """)
            .param(step.position().connection())
            .param(step.position().wallet())
            .param(!step.hasMore())
            .param(found ? 1 : 0)
            .param(run.id())
            .query(Integer.class)
            .single();
    return found ? Optional.of(insert(run, number, step.wallets(), policy)) : Optional.empty();
  }

  private Taken insert(Locked run, int number, List<UUID> wallets, SyncRunPolicy policy) {
    return jdbc.sql(
            """
            insert into sync_run_chunk (run_id, chunk_no, wallets, attempts, lease_token,
                                        lease_until)
            values (:run, :number, :wallets, 1, :token,
                    clock_timestamp() + :lease * interval '1 millisecond')
            returning chunk_no, lease_token, wallets, attempts, clock_timestamp() as started_at
            """)
        .param("run", run.id())
        .param("number", number)
        .param("wallets", array("uuid", wallets, id -> id))
        .param("token", UUID.randomUUID())
        .param("lease", policy.lease().toMillis())
        .query((row, _) -> taken(row))
        .single();
  }

  private Chunk chunk(Locked run, Taken taken) {
    return new Chunk(
        new Lease(run.id(), taken.number(), taken.token()),
        run.startedBy(),
        wallets(taken.wallets()),
        taken.attempts(),
        taken.startedAt());
  }

  private List<Wallet> wallets(List<UUID> ids) {
    return jdbc.sql(
            "select "
                + PostgresWallets.COLUMNS
                + """
                  from wallet
                 where wallet_id = any (:ids)
                 order by connection_id, wallet_id
                """)
        .param("ids", array("uuid", ids, id -> id))
        .query((row, _) -> PostgresWallets.wallet(row))
        .list();
  }

  void extend(Collection<Lease> leases, Duration from) {
    jdbc.sql(
            """
            update sync_run_chunk as chunk
               set lease_until = clock_timestamp() + ? * interval '1 millisecond'
              from unnest(?::uuid[], ?::integer[], ?::uuid[]) as held (run_id, chunk_no, token)
             where chunk.run_id = held.run_id and chunk.chunk_no = held.chunk_no
               and chunk.lease_token = held.token
            """)
        .param(from.toMillis())
        .param(array("uuid", leases, Lease::run))
        .param(array("integer", leases, Lease::number))
        .param(array("uuid", leases, Lease::token))
        .update();
  }

  /** False where the lease is lost. */
  boolean end(Lease lease) {
    return jdbc.sql(
                "delete from sync_run_chunk where run_id = ? and chunk_no = ? and lease_token = ?")
            .param(lease.run())
            .param(lease.number())
            .param(lease.token())
            .update()
        == 1;
  }

  private static Taken taken(ResultSet row) throws SQLException {
    return new Taken(
        row.getInt("chunk_no"),
        uuid(row, "lease_token"),
        List.of((UUID[]) row.getArray("wallets").getArray()),
        row.getInt("attempts"),
        instant(row, "started_at"));
  }

  private record Taken(
      int number, UUID token, List<UUID> wallets, int attempts, Instant startedAt) {}

  /** A run whose row is locked, as far as its chunks need to know it. */
  record Locked(
      UUID id,
      SyncRunFilter filter,
      Visibility visibility,
      Actor startedBy,
      Instant createdAt,
      Position position,
      boolean isWalked) {
    static Locked of(ResultSet row) throws SQLException {
      return new Locked(
          uuid(row, "run_id"),
          SyncRunRow.filter(row),
          SyncRunRow.visibility(row),
          SyncRunRow.startedBy(row),
          instant(row, "created_at"),
          new Position(uuid(row, "position_connection"), uuid(row, "position_wallet")),
          row.getBoolean("walked"));
    }
  }
}
