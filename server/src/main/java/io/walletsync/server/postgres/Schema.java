package io.walletsync.server.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The database's schema: brought up to this release, or taken back step by step. Flyway runs the
 * way up; the way down is our own, script and history row in one transaction.
 */
public final class Schema {
  /** Any fixed number: nodes that start together migrate one after the other. */
  private static final long ADVISORY_LOCK = 0x57A11E7;

  private static final List<MigrationState> FROM_A_NEWER_RELEASE =
      List.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

  private final DataSource owner;
  private final Flyway flyway;

  /**
   * Works on a schema.
   *
   * @param owner connections of the role that may change it
   * @param applicationRole the role that is granted what the application needs
   */
  public Schema(DataSource owner, String applicationRole) {
    this.owner = owner;
    this.flyway =
        Flyway.configure()
            .dataSource(owner)
            .locations("classpath:db/migration")
            .placeholders(
                Map.of("application_role", '"' + applicationRole.replace("\"", "\"\"") + '"'))
            .load();
  }

  /** How the schema relates to this release. */
  public State state() {
    var info = flyway.info();
    if (Arrays.stream(info.all()).anyMatch(m -> FROM_A_NEWER_RELEASE.contains(m.getState()))) {
      return State.NEWER;
    }
    return info.pending().length > 0 ? State.OLDER : State.CURRENT;
  }

  /** The version it is at, 0 for an empty one. */
  public int version() {
    var current = flyway.info().current();
    return current == null ? 0 : versionOf(current);
  }

  /** Whether the owner's role may create tables here at all. */
  public boolean mayChange() {
    return JdbcClient.create(owner)
        .sql("select has_schema_privilege(current_schema(), 'create')")
        .query(Boolean.class)
        .single();
  }

  /** Brings the schema up to this release; a second node that tries the same waits. */
  public void migrate() {
    try (var guard = owner.getConnection();
        var lock = guard.createStatement()) {
      lock.execute("select pg_advisory_lock(" + ADVISORY_LOCK + ")");
      // the lock ends with this connection
      if (state() == State.OLDER) {
        flyway.migrate();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot lock the schema for its migration", e);
    }
  }

  /**
   * Takes back every migration above the target version, newest first, and returns what was taken
   * back. Stops with {@link RecordsInTheWay}, before the step that would drop records, unless that
   * is wanted.
   */
  public List<String> undo(int targetVersion, boolean dropRecords) {
    var undone = new ArrayList<String>();
    var applied =
        Arrays.stream(flyway.info().applied())
            .filter(migration -> migration.getVersion() != null)
            .filter(migration -> versionOf(migration) > targetVersion)
            .sorted((a, b) -> versionOf(b) - versionOf(a))
            .toList();
    for (var migration : applied) {
      var script = UndoScript.of(versionOf(migration));
      try (var connection = owner.getConnection()) {
        connection.setAutoCommit(false);
        undo(connection, script, dropRecords);
        connection.commit();
      } catch (SQLException e) {
        throw new IllegalStateException("cannot run " + script.name(), e);
      }
      undone.add(script.name());
    }
    return undone;
  }

  private void undo(Connection connection, UndoScript script, boolean dropRecords)
      throws SQLException {
    var jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    jdbc.sql("lock table flyway_schema_history in exclusive mode").update();
    for (var table : script.recordsDropped()) {
      var holdsRecords =
          jdbc.sql("select exists (select 1 from " + table + ")").query(Boolean.class).single();
      if (holdsRecords && !dropRecords) {
        throw new RecordsInTheWay(script.name(), table);
      }
    }
    try (var statement = connection.createStatement()) {
      statement.execute(script.sql());
    }
    jdbc.sql("delete from flyway_schema_history where version = ?")
        .param(Integer.toString(script.version()))
        .update();
  }

  private static int versionOf(MigrationInfo migration) {
    return Integer.parseInt(migration.getVersion().getVersion());
  }

  /** How a schema relates to this release. */
  public enum State {
    OLDER,
    CURRENT,
    NEWER
  }

  /** Undoing would drop records that exist. */
  public static final class RecordsInTheWay extends RuntimeException {
    RecordsInTheWay(String script, String table) {
      super(script + " would drop the records in " + table + ", which is not empty");
    }
  }
}
