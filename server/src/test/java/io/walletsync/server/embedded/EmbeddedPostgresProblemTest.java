package io.walletsync.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that cannot be used stop the start with one sentence and stay as they are. */
final class EmbeddedPostgresProblemTest {
  @TempDir private Path temporary;

  @Test
  void leavesTheDataOfAnotherMajorVersionAlone() throws IOException {
    var directory = TestDirectory.with(temporary.resolve("data"));
    var older = Files.createDirectory(directory.path().resolve("postgres-17"));
    Files.writeString(older.resolve("PG_VERSION"), "17\n");
    assertProblem(
        directory.path(),
        older
            + " holds data of PostgreSQL 17 and this WalletSync brings PostgreSQL 18; move the data"
            + " over with pg_dump, or set WALLETSYNC_DATABASE_URL to a PostgreSQL 15 or newer.");
    assertThat(directory.cluster()).doesNotExist();
  }

  @Test
  void refusesAClusterOfAnotherMajorVersion() throws IOException {
    var directory = TestDirectory.with(temporary.resolve("data"));
    Files.createFile(directory.passwords());
    Files.writeString(directory.passwords(), "postgres=a\nwalletsync_owner=b\nwalletsync_app=c\n");
    Files.createDirectory(directory.cluster());
    Files.writeString(directory.cluster().resolve("PG_VERSION"), "19\n");
    assertProblem(
        directory.path(),
        directory.cluster()
            + " holds data of PostgreSQL 19 and this WalletSync brings PostgreSQL 18; move the data"
            + " over with pg_dump, or set WALLETSYNC_DATABASE_URL to a PostgreSQL 15 or newer.");
  }

  @Test
  void refusesAFileInPlaceOfTheDirectory() throws IOException {
    var file = Files.createFile(temporary.resolve("file"));
    assertProblem(file, file + " is not a directory; set WALLETSYNC_DATA_DIR to one.");
    assertProblem(
        file.resolve("below"),
        "WalletSync cannot use its data directory %s: %s".formatted(file.resolve("below"), file));
  }

  @Test
  void refusesNamesThatAShellWouldRead() {
    var directory = temporary.resolve("a $HOME");
    assertProblem(
        directory,
        "The data directory "
            + directory
            + " must not have a quote, backslash, dollar sign or line break in its name; set"
            + " WALLETSYNC_DATA_DIR to another directory.");
    assertThat(directory).doesNotExist();
  }

  @Test
  void saysWhyTheProgramsDoNotRunHere() throws IOException {
    var directory = DataDirectory.open(temporary.resolve("data"));
    for (var program : new String[] {"initdb", "pg_ctl", "postgres"}) {
      var file = directory.binaries().resolve("bin").resolve(program);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "#!/bin/sh\necho 'error: no such library' >&2\nexit 127\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    Files.createDirectories(directory.binaries().resolve("share/postgresql"));
    Files.createFile(directory.binaries().resolve("share/postgresql/postgres.bki"));
    assertProblem(
        directory.path(),
        "The PostgreSQL that WalletSync brings does not run on this machine (error: no such"
            + " library); set WALLETSYNC_DATABASE_URL to a PostgreSQL 15 or newer.");
    assertThat(directory.cluster()).doesNotExist();
  }

  private static void assertProblem(Path directory, String sentence) {
    // Twice: a failed start must not keep the lock.
    for (var attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
          .isInstanceOf(EmbeddedPostgresProblem.class)
          .hasMessage(sentence);
    }
  }
}
