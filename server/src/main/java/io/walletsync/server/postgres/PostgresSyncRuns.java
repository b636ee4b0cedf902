package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.uuid;
import static io.walletsync.server.postgres.Columns.uuids;

import io.walletsync.core.bulk.SyncRun;
import io.walletsync.core.bulk.SyncRunFilter;
import io.walletsync.core.bulk.SyncRunPolicy;
import io.walletsync.core.bulk.SyncRuns;
import io.walletsync.core.bulk.Tally;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.postgres.SyncRunChunks.Locked;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs in PostgreSQL. Who takes from a run, or ends a chunk of it, locks the run's row first. */
final class PostgresSyncRuns implements SyncRuns {
  /** Whether all that a run reaches is visible. */
  private static final String WITHIN =
      """
      (:visible::uuid[] is null or connection_id = any (:visible::uuid[])
       or visible <@ :visible::uuid[])
      """;

  private final JdbcClient jdbc;
  private final SyncRunWalk walk;
  private final SyncRunChunks chunks;
  private final FinishedSyncRuns finished;

  PostgresSyncRuns(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.walk = new SyncRunWalk(jdbc);
    this.chunks = new SyncRunChunks(jdbc);
    this.finished = new FinishedSyncRuns(jdbc);
  }

  @Override
  public SyncRun start(Start start) {
    var filter = start.filter();
    return jdbc.sql(
            """
            insert into sync_run (run_id, kind, connection_id, provider, owner_id, visible,
                                  requester, requester_name, request_id, created_at, total)
            values (:id, :kind, :connection, :provider, :owner, :visible::uuid[], :requester,
                    :name, :request, clock_timestamp(), :total)
            returning\s"""
                + SyncRunRow.COLUMNS)
        .param("id", start.id())
        .param("kind", SyncRunRow.kind(filter))
        .param(
            "connection",
            filter instanceof SyncRunFilter.OfConnection(var only) ? only.value() : null)
        .param("provider", start.provider() == null ? null : start.provider().value())
        .param("owner", filter instanceof SyncRunFilter.OfOwner(var ownerId) ? ownerId : null)
        .param("visible", uuids(start.visibility().connections()))
        .param("requester", start.actor().id())
        .param("name", start.actor().name())
        .param("request", start.actor().requestId())
        .param("total", walk.count(filter, start.visibility()))
        .query((row, _) -> SyncRunRow.run(row))
        .single();
  }

  @Override
  public Optional<SyncRun> find(UUID run, Visibility visibility) {
    return jdbc.sql(
            "select " + SyncRunRow.COLUMNS + " from sync_run where run_id = :run and " + WITHIN)
        .param("run", run)
        .param("visible", uuids(visibility.connections()))
        .query((row, _) -> SyncRunRow.run(row))
        .optional();
  }

  @Override
  public Page<SyncRun> page(Query query) {
    return Page.of(
        jdbc.sql(
                "select "
                    + SyncRunRow.COLUMNS
                    + " from sync_run where "
                    + WITHIN
                    + """
                       and (:state::text is null or state = :state::text)
                       and (:before::uuid is null or run_id < :before::uuid)
                     order by run_id desc
                     limit :limit
                    """)
            .param("visible", uuids(query.visibility().connections()))
            .param("state", query.state() == null ? null : query.state().name())
            .param("before", query.before())
            .param("limit", query.limit() + 1)
            .query((row, _) -> SyncRunRow.run(row))
            .list(),
        query.limit());
  }

  @Override
  public Page<Failure> failures(UUID run, @Nullable WalletId after, int limit) {
    return Page.of(
        jdbc.sql(
                """
                select wallet_id, reason, detail, failed_at from sync_run_failure
                 where run_id = :run and (:after::uuid is null or wallet_id > :after::uuid)
                 order by wallet_id
                 limit :limit
                """)
            .param("run", run)
            .param("after", after == null ? null : after.value())
            .param("limit", limit + 1)
            .query(
                (row, _) ->
                    new Failure(
                        new WalletId(uuid(row, "wallet_id")),
                        row.getString("reason"),
                        row.getString("detail"),
                        instant(row, "failed_at")))
            .list(),
        limit);
  }

  @Override
  public List<Active> active(int most) {
    return jdbc.sql(
            """
            select run_id, provider from sync_run where state = 'RUNNING' order by run_id limit ?
            """)
        .param(most)
        .query((row, _) -> new Active(uuid(row, "run_id"), provider(row.getString("provider"))))
        .list();
  }

  private static @Nullable ProviderId provider(@Nullable String name) {
    return name == null ? null : new ProviderId(name);
  }

  @Override
  public long countActive() {
    return jdbc.sql("select count(*) from sync_run where state = 'RUNNING'")
        .query(Long.class)
        .single();
  }

  @Override
  public Optional<Chunk> take(UUID run, SyncRunPolicy policy) {
    return jdbc.sql(
            """
            select * from sync_run where run_id = ? and state = 'RUNNING' for update skip locked
            """)
        .param(run)
        .query((row, _) -> Locked.of(row))
        .optional()
        .flatMap(locked -> chunks.take(locked, policy));
  }

  @Override
  public void renew(Collection<Lease> leases, Duration lease) {
    chunks.extend(leases, lease);
  }

  @Override
  public void giveBack(Lease lease, Duration wait) {
    chunks.extend(List.of(lease), wait);
  }

  @Override
  public boolean settle(Lease lease, Tally tally, List<Failure> failures, int mostKept) {
    // the run first and then the chunk, as whoever takes a chunk over does
    var locked =
        jdbc.sql("select run_id from sync_run where run_id = ? for update")
            .param(lease.run())
            .query(UUID.class)
            .optional();
    if (locked.isEmpty() || !chunks.end(lease)) {
      return false;
    }
    var failedNow =
        jdbc.sql(
                """
                update sync_run
                   set changed = changed + :changed, unchanged = unchanged + :unchanged,
                       failed = failed + :failed, skipped = skipped + :skipped,
                       total = greatest(total, changed + unchanged + failed + skipped + :done)
                 where run_id = :run
                returning failed
                """)
            .param("changed", tally.changed())
            .param("unchanged", tally.unchanged())
            .param("failed", tally.failed())
            .param("skipped", tally.skipped())
            .param("done", tally.done())
            .param("run", lease.run())
            .query(Long.class)
            .single();
    keep(lease.run(), failures, mostKept - (failedNow - tally.failed()));
    return true;
  }

  private void keep(UUID run, List<Failure> failures, long room) {
    var kept = failures.stream().limit(Math.max(0, room)).toList();
    if (kept.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into sync_run_failure (run_id, wallet_id, reason, detail, failed_at)
            select ?::uuid, wallet_id, reason, detail, failed_at
              from unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[])
                as failure (wallet_id, reason, detail, failed_at)
            """)
        .param(run)
        .param(array("uuid", kept, failure -> failure.wallet().value()))
        .param(array("text", kept, Failure::reason))
        .param(array("text", kept, Failure::detail))
        .param(array("timestamptz", kept, Failure::at))
        .update();
  }

  @Override
  public Optional<SyncRun> finish(UUID run) {
    // locked by a statement of its own: the next one then sees every chunk that was cut before
    var locked =
        jdbc.sql(
                """
                select run_id from sync_run
                 where run_id = ? and state = 'RUNNING' and walked for update skip locked
                """)
            .param(run)
            .query(UUID.class)
            .optional();
    return locked.flatMap(
        id ->
            jdbc.sql(
                    """
                    update sync_run
                       set state = 'COMPLETED', finished_at = clock_timestamp(),
                           skipped = skipped
                             + greatest(0, total - changed - unchanged - failed - skipped)
                     where run_id = ?
                       and not exists (select 1 from sync_run_chunk as chunk
                                        where chunk.run_id = sync_run.run_id)
                    returning\s"""
                        + SyncRunRow.COLUMNS)
                .param(id)
                .query((row, _) -> SyncRunRow.run(row))
                .optional());
  }

  @Override
  public boolean cancel(UUID run) {
    return jdbc.sql(
                """
                update sync_run set state = 'CANCELLED', finished_at = clock_timestamp()
                 where run_id = ? and state = 'RUNNING'
                """)
            .param(run)
            .update()
        == 1;
  }

  @Override
  public int forgetFinished(Duration olderThan, int atMost) {
    return finished.forget(olderThan, atMost);
  }
}
