package io.walletsync.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.server.embedded.EmbeddedPostgres.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running database promises; one is shared by all tests here. */
final class EmbeddedPostgresTest {
  private static final String NO_RIGHT = "42501";
  private static final String WRONG_PASSWORD = "28P01";

  @TempDir private static Path temporary;
  private static DataDirectory directory;
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    directory = TestDirectory.with(temporary.resolve("data directory"));
    postgres = EmbeddedPostgres.start(directory.path());
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void runsWithSettingsThatForgetNothing() throws Exception {
    for (var login : List.of(postgres.owner(), postgres.application())) {
      assertThat(query(login, "SHOW fsync")).containsExactly("on");
      assertThat(query(login, "SHOW synchronous_commit")).containsExactly("on");
      assertThat(query(login, "SHOW full_page_writes")).containsExactly("on");
      assertThat(query(login, "SHOW data_checksums")).containsExactly("on");
    }
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    assertThat(query(superuser(), "SHOW listen_addresses")).containsExactly("127.0.0.1");
    assertThat(query(superuser(), "SHOW unix_socket_directories")).containsExactly("");
    assertThat(postgres.jdbcUrl()).matches("jdbc:postgresql://127\\.0\\.0\\.1:\\d+/walletsync");
  }

  @Test
  void keepsTextInUtf8SortedTheSameEverywhere() throws Exception {
    assertThat(
            query(
                postgres.application(),
                """
                SELECT pg_encoding_to_char(encoding) || ' ' || datcollate || ' ' || datctype
                FROM pg_database WHERE datname = current_database()
                """))
        .containsExactly("UTF8 C C");
    assertThat(query(superuser(), "SHOW log_timezone")).containsExactly("UTC");
  }

  @Test
  void refusesAWrongPassword() {
    for (var user : List.of("postgres", "walletsync_owner", "walletsync_app", "stranger")) {
      assertThatThrownBy(() -> query(new Login(user, "guess"), "SELECT 1"))
          .isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo(WRONG_PASSWORD);
    }
  }

  @Test
  void asksEverybodyForAPasswordByScram() throws Exception {
    assertThat(query(superuser(), "SELECT DISTINCT auth_method FROM pg_hba_file_rules"))
        .containsExactly("scram-sha-256");
    assertThat(
            query(
                superuser(),
                """
                SELECT rolname FROM pg_authid
                WHERE rolpassword LIKE 'SCRAM-SHA-256$%' ORDER BY 1
                """))
        .containsExactly("postgres", "walletsync_app", "walletsync_owner");
  }

  @Test
  void givesNeitherRoleASpecialRight() throws Exception {
    assertThat(
            query(
                superuser(),
                """
                SELECT rolname FROM pg_roles
                WHERE rolcanlogin AND NOT (rolsuper OR rolcreatedb OR rolcreaterole
                  OR rolreplication OR rolbypassrls)
                ORDER BY 1
                """))
        .containsExactly("walletsync_app", "walletsync_owner");
  }

  @Test
  void letsTheOwnerChangeTheSchemaAndNotTheApplication() throws Exception {
    execute(postgres.owner(), "CREATE TABLE owned (id int)");
    for (var change :
        List.of(
            "CREATE TABLE mine (id int)",
            "CREATE SCHEMA mine",
            "CREATE TEMPORARY TABLE mine (id int)",
            "ALTER TABLE owned ADD COLUMN note text",
            "DROP TABLE owned")) {
      assertThatThrownBy(() -> execute(postgres.application(), change))
          .as(change)
          .isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo(NO_RIGHT);
    }
  }

  @Test
  void letsOnlyItsTwoRolesIn() throws Exception {
    execute(superuser(), "CREATE ROLE visitor LOGIN PASSWORD 'known'");
    try {
      assertThatThrownBy(() -> query(new Login("visitor", "known"), "SELECT 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied for database");
    } finally {
      execute(superuser(), "DROP ROLE visitor");
    }
    var elsewhere = postgres.jdbcUrl().replaceFirst("walletsync$", "postgres");
    var application = postgres.application();
    assertThatThrownBy(
            () ->
                DriverManager.getConnection(elsewhere, application.user(), application.password()))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied for database");
  }

  @Test
  void keepsPasswordsForTheOwnersEyesOnly() throws Exception {
    assertThat(permissions(directory.passwords())).isEqualTo("rw-------");
    assertThat(permissions(directory.path())).isEqualTo("rwx------");
    assertThat(permissions(directory.cluster())).isEqualTo("rwx------");
    assertThat(permissions(directory.log())).isEqualTo("rw-------");
    assertThat(Files.readString(directory.log())).doesNotContain(postgres.owner().password());
    assertThat(postgres.owner()).hasToString("Login[user=walletsync_owner]");
    assertThat(postgres.owner().password()).hasSize(43);
    assertThat(postgres.owner().password()).isNotEqualTo(postgres.application().password());
  }

  @Test
  void isLeftInPeaceByASecondStartFromAnywhere() throws Exception {
    var sentence =
        """
        Another WalletSync (process %d) is using %s; \
        stop it or set WALLETSYNC_DATA_DIR to another directory."""
            .formatted(ProcessHandle.current().pid(), directory.path());
    var before = TestDirectory.postmasters(directory);
    // First from this process: a careless second look at the lock file would drop the lock.
    assertThatThrownBy(() -> EmbeddedPostgres.start(directory.path()))
        .asInstanceOf(InstanceOfAssertFactories.type(EmbeddedPostgresProblem.class))
        .extracting(Throwable::getMessage)
        .isEqualTo(sentence);
    try (var second = new OwnerProcess(directory)) {
      assertThat(second.outcome()).isEqualTo("problem " + sentence);
    }
    assertThat(TestDirectory.postmasters(directory)).hasSize(1).isEqualTo(before);
    assertThat(query(postgres.application(), "SELECT 1")).containsExactly("1");
  }

  private static Login superuser() throws IOException {
    return Passwords.readOrGenerate(directory).superuser();
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void execute(Login login, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), login.user(), login.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(Login login, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), login.user(), login.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
