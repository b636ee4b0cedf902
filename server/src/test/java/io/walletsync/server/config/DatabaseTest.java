package io.walletsync.server.config;

import static io.walletsync.server.config.Sentences.assertStops;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.walletsync.core.Concurrently;
import io.walletsync.server.postgres.Schema.State;
import io.walletsync.server.support.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What a start does with the database it was given, and what it says where that cannot be. */
class DatabaseTest {
  private static final Duration SHORT = Duration.ofMillis(600);

  @Test
  void oneRoleMayDoBoth() {
    var given = TestDatabase.createForOneRole();
    try (var database = open(Map.of("WALLETSYNC_DATABASE_URL", given.applicationUrl()))) {
      database.migrate();

      assertThat(database.schema().state()).isEqualTo(State.CURRENT);
      assertThat(database.schema().isGranted()).isTrue();
      assertThat(database.isEmbedded()).isFalse();
    }
  }

  @Test
  void aMigrationNeedsTheOwner() {
    var given = TestDatabase.create();
    try (var database = open(Map.of("WALLETSYNC_DATABASE_URL", given.applicationUrl()))) {
      assertStops(database::migrate)
          .isEqualTo(
              "The schema is at version 0 and needs a migration, and the role %s may not change the"
                  + " schema: set WALLETSYNC_DATABASE_OWNER_URL to the role that owns it and start"
                  + " again, or run: walletsync schema migrate",
              given.application());
    }
    assertThat(given.schema().version()).isZero();
  }

  @Test
  void afterTheMigrationTheOwnerIsNotNeeded() {
    var given = TestDatabase.migrated();
    try (var database = open(Map.of("WALLETSYNC_DATABASE_URL", given.applicationUrl()))) {
      assertThatCode(database::migrate).doesNotThrowAnyException();
    }
  }

  @Test
  void aNewApplicationRoleIsGrantedItsRightsByTheOwnerOnly() {
    var given = TestDatabase.migrated();
    given.look().sql("revoke update on wallet from " + given.application()).update();
    try (var database = open(Map.of("WALLETSYNC_DATABASE_URL", given.applicationUrl()))) {
      assertStops(database::migrate)
          .startsWith("The role " + given.application() + " was not granted what WalletSync needs")
          .contains("set WALLETSYNC_DATABASE_OWNER_URL");
    }
    try (var database = open(twoRoles(given))) {
      database.migrate();

      assertThat(database.schema().isGranted()).isTrue();
    }
  }

  @Test
  void aSchemaOfANewerReleaseStopsTheStart() {
    var given = TestDatabase.migrated();
    given
        .look()
        .sql(
            """
            insert into flyway_schema_history
            select 999, '999', 'from the future', type, 'V999__from_the_future.sql', 1,
                   installed_by, installed_on, execution_time, success
              from flyway_schema_history limit 1
            """)
        .update();
    try (var database = open(twoRoles(given))) {
      assertStops(database::migrate)
          .isEqualTo(
              "The schema is at version 999, which a newer release of WalletSync made: start that"
                  + " release, or let it take the schema back (walletsync schema undo).");
    }
  }

  @RepeatedTest(3)
  void nodesThatStartTogetherMigrateOnce() {
    var given = TestDatabase.create();

    var versions =
        Concurrently.call(
            3,
            _ -> {
              try (var database = open(twoRoles(given))) {
                database.migrate();
                return database.schema().version();
              }
            });

    assertThat(versions).containsOnly(given.schema().version());
    assertThat(given.schema().state()).isEqualTo(State.CURRENT);
    var repeated =
        given
            .look()
            .sql("select count(*) - count(distinct version) from flyway_schema_history")
            .query(Integer.class)
            .single();
    assertThat(repeated).isZero();
  }

  @Test
  void aDatabaseThatIsNotThereIsAwaitedAndThenNamed() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var begun = System.nanoTime();

    assertStops(() -> open("postgresql://ann:s3cret@127.0.0.1:" + port + "/money"))
        .startsWith("The database of WALLETSYNC_DATABASE_URL (ann at jdbc:postgresql://127.0.0.1:")
        .contains("refused")
        .endsWith("; start it, or correct that setting.")
        .doesNotContain("s3cret");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(SHORT);
  }

  @Test
  void aDatabaseThatNeverAnswersIsGivenUp() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var begun = System.nanoTime();

      assertStops(
              () -> open("postgresql://ann:s3cret@127.0.0.1:" + silent.getLocalPort() + "/money"))
          .startsWith(
              "The database of WALLETSYNC_DATABASE_URL (ann at jdbc:postgresql://127.0.0.1:")
          .endsWith("; start it, or correct that setting.")
          .doesNotContain("s3cret");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void aDatabaseThatDoesNotExistIsNotAwaited() {
    var given = TestDatabase.create();

    assertStops(() -> open(given.applicationUrl() + "_not", Duration.ofMinutes(9)))
        .contains("database \"" + given.name() + "_not\" does not exist")
        .endsWith("; correct that setting.");
  }

  @Test
  void anOwnerThatCannotBeReachedIsNamedAsTheOwner() {
    var given = TestDatabase.create();
    var environment =
        Map.of(
            "WALLETSYNC_DATABASE_URL",
            given.applicationUrl(),
            "WALLETSYNC_DATABASE_OWNER_URL",
            given.ownerUrl() + "_not");

    assertStops(() -> open(environment).close())
        .startsWith("The database of WALLETSYNC_DATABASE_OWNER_URL (" + given.owner() + " at ");
  }

  @Test
  void anOldPostgresIsRefused() {
    assertThatCode(() -> Database.requireRecent("IT", 15)).doesNotThrowAnyException();
    assertStops(() -> Database.requireRecent("WALLETSYNC_DATABASE_URL", 14))
        .isEqualTo(
            "WALLETSYNC_DATABASE_URL leads to PostgreSQL 14, and WalletSync needs 15 or newer:"
                + " upgrade it, or name another one.");
  }

  private static Map<String, String> twoRoles(TestDatabase given) {
    return Map.of(
        "WALLETSYNC_DATABASE_URL", given.applicationUrl(),
        "WALLETSYNC_DATABASE_OWNER_URL", given.ownerUrl());
  }

  private static void open(String url) {
    open(url, SHORT);
  }

  private static void open(String url, Duration patience) {
    Database.open(Settings.from(Map.of("WALLETSYNC_DATABASE_URL", url)), patience).close();
  }

  private static Database open(Map<String, String> environment) {
    return Database.open(Settings.from(environment), SHORT);
  }
}
