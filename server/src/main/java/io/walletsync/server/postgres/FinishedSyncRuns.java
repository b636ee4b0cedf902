package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.uuid;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deletes runs that are over: the failures of each first, so that no batch is a large one. */
final class FinishedSyncRuns {
  private final JdbcClient jdbc;

  FinishedSyncRuns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  int forget(Duration olderThan, int atMost) {
    var over = lock(olderThan, atMost);
    var failures = deleteFailures(over, atMost);
    // fewer than asked for: none of these has failures left
    var bare = over.subList(0, Math.min(over.size(), atMost - failures));
    delete(bare);
    return failures + bare.size();
  }

  private List<Over> lock(Duration olderThan, int atMost) {
    // a stable time, so that the index ends the search; by ctid, so that nothing is searched twice
    return jdbc.sql(
            """
            select run_id, ctid::text as place from sync_run
             where finished_at <= statement_timestamp() - ? * interval '1 millisecond'
             order by finished_at
             limit ?
               for update skip locked
            """)
        .param(olderThan.toMillis())
        .param(atMost)
        .query((row, _) -> new Over(uuid(row, "run_id"), row.getString("place")))
        .list();
  }

  private int deleteFailures(List<Over> runs, int atMost) {
    return jdbc.sql(
            """
            delete from sync_run_failure
             where ctid = any (array(
               select ctid from sync_run_failure where run_id = any (?) limit ?))
            """)
        .param(array("uuid", runs, Over::run))
        .param(atMost)
        .update();
  }

  private void delete(List<Over> runs) {
    // of a cancelled run: a chunk whose holder died is never counted
    jdbc.sql("delete from sync_run_chunk where run_id = any (?)")
        .param(array("uuid", runs, Over::run))
        .update();
    jdbc.sql("delete from sync_run where ctid = any (array(select unnest(?::tid[])))")
        .param(array("tid", runs, Over::place))
        .update();
  }

  /** A run that is over, and where its row lies while it is locked. */
  private record Over(UUID run, String place) {}
}
