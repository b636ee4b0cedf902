package io.walletsync.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.server.embedded.EmbeddedPostgres.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happened before, the next start finds all that was committed. */
final class EmbeddedPostgresRestartTest {
  @TempDir private static Path temporary;
  private static DataDirectory directory;

  @BeforeAll
  static void createOnce() throws IOException, SQLException {
    directory = TestDirectory.with(temporary.resolve("data"));
    try (var postgres = EmbeddedPostgres.start(directory.path())) {
      execute(postgres.jdbcUrl(), postgres.owner(), "CREATE TABLE kept (test text)");
    }
  }

  @AfterEach
  void nothingIsLeftRunning() {
    assertThat(TestDirectory.postmasters(directory)).isEmpty();
  }

  @Test
  void keepsDataOverAStop() throws Exception {
    try (var postgres = EmbeddedPostgres.start(directory.path())) {
      keep(postgres.jdbcUrl(), "a stop");
    }
    assertThat(directory.cluster().resolve("postmaster.pid")).doesNotExist();
    assertKept("a stop");
  }

  @Test
  void mayBeClosedTwice() {
    var postgres = EmbeddedPostgres.start(directory.path());
    postgres.close();
    try (var next = EmbeddedPostgres.start(directory.path())) {
      postgres.close();
      assertThat(TestDirectory.postmasters(directory)).hasSize(1);
      assertThat(next.owner()).isEqualTo(postgres.owner());
    }
  }

  @Test
  void stopsWhatAKilledOwnerLeftRunning() throws Exception {
    var owner = new OwnerProcess(directory);
    keep(url(owner), "a kill");
    owner.kill();
    var orphans = TestDirectory.postmasters(directory);
    assertThat(orphans).hasSize(1);
    assertKept("a kill");
    for (var orphan : orphans) {
      orphan.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void survivesTheKillOfOwnerAndServer() throws Exception {
    var owner = new OwnerProcess(directory);
    keep(url(owner), "two kills");
    owner.kill();
    for (var server : TestDirectory.postmasters(directory)) {
      server.destroyForcibly();
      server.onExit().join();
    }
    assertKept("two kills");
  }

  @Test
  void survivesAKillAtAnyMomentOfTheStart() throws Exception {
    for (var moment : List.of("walletsync.lock", "postgres-18/postmaster.pid", "postgres.log")) {
      var file = directory.path().resolve(moment);
      Files.deleteIfExists(file);
      var owner = new OwnerProcess(directory);
      while (!Files.exists(file)) {
        Thread.onSpinWait();
      }
      owner.kill();
      EmbeddedPostgres.start(directory.path()).close();
    }
  }

  @Test
  void survivesAKillInTheMiddleOfItsCreation() throws Exception {
    var fresh = TestDirectory.with(temporary.resolve("fresh"));
    var owner = new OwnerProcess(fresh);
    while (clusterInTheMaking(fresh).isEmpty()) {
      Thread.onSpinWait();
    }
    owner.kill();
    assertThat(fresh.cluster()).doesNotExist();
    try (var postgres = EmbeddedPostgres.start(fresh.path())) {
      execute(postgres.jdbcUrl(), postgres.owner(), "CREATE TABLE works (id int)");
      assertThat(TestDirectory.postmasters(fresh)).hasSize(1);
    }
  }

  @Test
  void isNotFooledByAProcessIdThatIsNowAnothers() throws Exception {
    var foreign = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(
          directory.cluster().resolve("postmaster.pid"),
          "%d\n%s\n1700000000\n5432\n\n127.0.0.1\n  123456         7\nready   \n"
              .formatted(foreign.pid(), directory.cluster()));
      EmbeddedPostgres.start(directory.path()).close();
      assertThat(foreign.isAlive()).isTrue();
    } finally {
      foreign.destroyForcibly().waitFor();
    }
  }

  @Test
  void isNotFooledByAnUnreadableProcessId() throws Exception {
    for (var content : List.of("", "rubbish \u00ff\n")) {
      Files.writeString(directory.cluster().resolve("postmaster.pid"), content);
      EmbeddedPostgres.start(directory.path()).close();
    }
  }

  @Test
  void removesWhatWasLeftHalfDone() throws Exception {
    var half = directory.unfinished(directory.cluster());
    Files.createDirectories(half.resolve("base/1"));
    Files.writeString(half.resolve("PG_VERSION"), "18\n");
    EmbeddedPostgres.start(directory.path()).close();
    assertThat(half).doesNotExist();
  }

  @Test
  void overrulesSettingsThatAnEditWeakened() throws Exception {
    Files.writeString(
        directory.cluster().resolve("postgresql.conf"),
        "fsync = off\nfull_page_writes = off\nlisten_addresses = '*'\n",
        StandardOpenOption.APPEND);
    Files.writeString(
        directory.cluster().resolve("pg_hba.conf"), "host all all 127.0.0.1/32 trust\n");
    try (var postgres = EmbeddedPostgres.start(directory.path())) {
      var guess = new Login("walletsync_app", "guess");
      assertThatThrownBy(() -> execute(postgres.jdbcUrl(), guess, "SELECT 1"))
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void refusesARoleWhoseCommitsMayBeLost() throws Exception {
    var weak = TestDirectory.with(temporary.resolve("weak"));
    try (var postgres = EmbeddedPostgres.start(weak.path())) {
      execute(
          postgres.jdbcUrl(),
          Passwords.readOrGenerate(weak).superuser(),
          "ALTER ROLE walletsync_app SET synchronous_commit = off");
    }
    assertThatThrownBy(() -> EmbeddedPostgres.start(weak.path()))
        .isInstanceOf(EmbeddedPostgresProblem.class)
        .hasMessage(
            "The embedded PostgreSQL has synchronous_commit = off for walletsync_app where"
                + " WalletSync needs on; take that setting back.");
    assertThat(TestDirectory.postmasters(weak)).isEmpty();
  }

  @Test
  void healsRolesThatACrashLeftHalfMade() throws Exception {
    asSuperuser(
        """
        REVOKE CONNECT ON DATABASE walletsync FROM walletsync_app;
        DROP ROLE walletsync_app
        """);
    try (var postgres = EmbeddedPostgres.start(directory.path())) {
      execute(postgres.jdbcUrl(), postgres.application(), "SELECT 1");
    }
    asSuperuser("ALTER ROLE walletsync_app SUPERUSER PASSWORD 'other'");
    try (var postgres = EmbeddedPostgres.start(directory.path())) {
      assertThatThrownBy(
              () -> execute(postgres.jdbcUrl(), postgres.application(), "CREATE TABLE t (i int)"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void saysThatThePasswordsAreMissing() throws Exception {
    var content = Files.readString(directory.passwords());
    var expected =
        "The passwords in %s do not open the database in %s; bring that file back from a backup."
            .formatted(directory.passwords(), directory.cluster());
    try {
      for (var damaged : List.of("postgres=guess\n", content.replaceFirst("postgres=.", "$0x"))) {
        Files.writeString(directory.passwords(), damaged);
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory.path())).hasMessage(expected);
      }
      Files.delete(directory.passwords());
      assertThatThrownBy(() -> EmbeddedPostgres.start(directory.path())).hasMessage(expected);
    } finally {
      Files.writeString(directory.passwords(), content);
    }
  }

  private static List<Path> clusterInTheMaking(DataDirectory fresh) throws IOException {
    try (var entries = Files.list(fresh.path())) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith("postgres-18.unfinished-"))
          .filter(entry -> Files.exists(entry.resolve("postgresql.conf")))
          .toList();
    }
  }

  private static String url(OwnerProcess owner) throws IOException {
    var outcome = owner.outcome();
    assertThat(outcome).startsWith("started ");
    return outcome.substring("started ".length());
  }

  private static void keep(String url, String test) throws IOException, SQLException {
    execute(
        url,
        Passwords.readOrGenerate(directory).owner(),
        "INSERT INTO kept VALUES ('%s')".formatted(test));
  }

  private static void assertKept(String test) throws SQLException {
    try (var postgres = EmbeddedPostgres.start(directory.path())) {
      assertThat(TestDirectory.postmasters(directory)).hasSize(1);
      // Divides by zero unless there is exactly one such row.
      execute(
          postgres.jdbcUrl(),
          postgres.owner(),
          "SELECT 1 / (CASE WHEN count(*) = 1 THEN 1 ELSE 0 END) FROM kept WHERE test = '%s'"
              .formatted(test));
    }
  }

  private static void asSuperuser(String sql) throws IOException, SQLException {
    try (var postgres = EmbeddedPostgres.start(directory.path())) {
      execute(postgres.jdbcUrl(), Passwords.readOrGenerate(directory).superuser(), sql);
    }
  }

  private static void execute(String url, Login login, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url, login.user(), login.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
