package io.walletsync.server.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.springframework.jdbc.core.simple.JdbcClient;

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
  private final String applicationRole;
  private final Flyway flyway;

  /**
   * Works on a schema.
   *
   * @param owner connections of the role that may change it
   * @param applicationRole the role that is granted what the application needs
   */
  public Schema(DataSource owner, String applicationRole) {
    this.owner = owner;
    this.applicationRole = applicationRole;
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

  /** Whether the owner's role may change what is here, and add to it. */
  public boolean mayChange() {
    return JdbcClient.create(owner)
        .sql(
            """
            select coalesce(has_schema_privilege(current_schema(), 'create'), false)
               and coalesce((select pg_has_role(relowner, 'usage') from pg_class
                              where oid = to_regclass('flyway_schema_history')), true)
            """)
        .query(Boolean.class)
        .single();
  }

  /** Whether the application's role was granted what it needs; asked of a current schema only. */
  public boolean isGranted() {
    return JdbcClient.create(owner)
        .sql(
            """
            select has_schema_privilege(:role, current_schema(), 'usage')
               and has_table_privilege(:role, 'flyway_schema_history', 'select')
               and has_table_privilege(:role, 'installation', 'insert')
               and has_table_privilege(:role, 'wallet', 'update')
               and has_table_privilege(:role, 'wallet_balance_snapshot', 'insert')
               and ((select rolsuper from pg_roles where rolname = :role)
                    or not (has_table_privilege(:role, 'wallet_balance_snapshot', 'update')
                            or has_table_privilege(:role, 'audit_entry', 'update')))
            """)
        .param("role", applicationRole)
        .query(Boolean.class)
        .single();
  }

  /**
   * Brings the schema up to this release and grants the application's role what it needs; a second
   * node that tries the same waits.
   */
  public void migrate() {
    whileLocked(
        () -> {
          if (state() != State.NEWER) {
            flyway.migrate();
          }
          return State.CURRENT;
        });
  }

  /**
   * Takes back every migration above the target version, newest first, until a step cannot be
   * taken.
   */
  public Undo undo(int targetVersion, boolean dropRecords) {
    return whileLocked(() -> undoSteps(targetVersion, dropRecords));
  }

  private Undo undoSteps(int targetVersion, boolean dropRecords) {
    var undone = new ArrayList<String>();
    var applied =
        Arrays.stream(flyway.info().applied())
            .filter(migration -> migration.getVersion() != null)
            .filter(migration -> versionOf(migration) > targetVersion)
            .sorted((a, b) -> versionOf(b) - versionOf(a))
            .toList();
    for (var migration : applied) {
      var script = UndoScript.of(versionOf(migration)).orElse(null);
      if (script == null) {
        return new Undo.MadeByANewerRelease(undone, versionOf(migration));
      }
      try (var connection = owner.getConnection()) {
        connection.setAutoCommit(false);
        var inTheWay = undo(connection, script, dropRecords);
        if (inTheWay.isPresent()) {
          connection.rollback();
          return new Undo.RecordsInTheWay(undone, script.name(), inTheWay.get());
        }
        connection.commit();
      } catch (SQLException e) {
        return new Undo.Failed(undone, script.name(), firstLine(e));
      }
      undone.add(script.name());
    }
    return new Undo.Done(undone);
  }

  /** Returns a table whose records are in the way, having changed nothing. */
  private static Optional<String> undo(
      Connection connection, UndoScript script, boolean dropRecords) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (var table : script.recordsDropped()) {
        // an owner that is the application's role too was denied its own rights on the history
        statement.execute("grant all on " + table + " to current_user");
        // nobody adds a record between the look and the drop
        statement.execute("lock table " + table + " in access exclusive mode");
        try (var rows = statement.executeQuery("select from " + table + " limit 1")) {
          if (rows.next() && !dropRecords) {
            return Optional.of(table);
          }
        }
      }
      statement.execute(script.sql());
    }
    try (var statement =
        connection.prepareStatement("delete from flyway_schema_history where version = ?")) {
      statement.setString(1, Integer.toString(script.version()));
      statement.executeUpdate();
    }
    return Optional.empty();
  }

  private <T> T whileLocked(Supplier<T> work) {
    try (var guard = owner.getConnection();
        var lock = guard.createStatement()) {
      // the lock ends with this connection
      lock.execute("select pg_advisory_lock(" + ADVISORY_LOCK + ")");
      return work.get();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot lock the schema", e);
    }
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
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

  /** What came of undoing; whatever was undone before a step that failed stays undone. */
  public sealed interface Undo {
    /** The scripts that ran. */
    List<String> undone();

    /** The schema is at the target. */
    record Done(List<String> undone) implements Undo {}

    /** The next script would drop records that exist. */
    record RecordsInTheWay(List<String> undone, String script, String table) implements Undo {}

    /** The next script failed and changed nothing. */
    record Failed(List<String> undone, String script, String reason) implements Undo {}

    /** This release does not know how to undo that version. */
    record MadeByANewerRelease(List<String> undone, int version) implements Undo {}
  }
}
