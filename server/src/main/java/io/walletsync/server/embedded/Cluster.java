package io.walletsync.server.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's own data directory: made whole or not at all, of the version that we bring, and open
 * to nobody without a password.
 *
 * @param path where it lies
 */
record Cluster(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
  private static final Duration CREATION_LIMIT = Duration.ofMinutes(5);
  private static final String ACCESS_RULES = "host all all 127.0.0.1/32 scram-sha-256\n";

  static Cluster openOrCreate(
      DataDirectory directory, PostgresCommands commands, Passwords passwords) throws IOException {
    var cluster = new Cluster(directory.cluster());
    if (!cluster.exists()) {
      refuseOlderData(directory);
      create(directory, commands, passwords);
    }
    cluster.refuseAnotherVersion();
    // Written in place at every start: the file keeps its owner, and no edit opens a side door.
    Files.writeString(cluster.path.resolve("pg_hba.conf"), ACCESS_RULES);
    return cluster;
  }

  private static void create(
      DataDirectory directory, PostgresCommands commands, Passwords passwords) throws IOException {
    LOG.info("Creating a PostgreSQL {} database in {}", PostgresArchive.MAJOR, directory.cluster());
    var unfinished = directory.unfinished(directory.cluster());
    var passwordFile = directory.unfinished(Path.of("initdb-password"));
    try {
      Passwords.writeSecret(passwordFile, passwords.superuser().password() + "\n");
      commands.runAs().own(passwordFile);
      var result =
          commands.run(
              CREATION_LIMIT,
              "initdb",
              List.of(
                  "--pgdata=" + unfinished,
                  "--username=" + passwords.superuser().user(),
                  "--pwfile=" + passwordFile,
                  "--auth=scram-sha-256",
                  "--encoding=UTF8",
                  "--locale-provider=libc",
                  "--locale=C",
                  "--data-checksums",
                  "--set=max_connections=100",
                  "--set=shared_buffers=128MB",
                  // tables that grow fast from nothing are planned for what they were
                  "--set=autovacuum_naptime=15s",
                  "--set=timezone=UTC",
                  "--set=log_timezone=UTC"));
      if (!result.succeeded()) {
        throw new EmbeddedPostgresProblem(
            "PostgreSQL could not create its database in "
                + directory.path()
                + ": "
                + result.reason());
      }
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    directory.finish(unfinished, directory.cluster());
  }

  private boolean exists() throws IOException {
    if (!Files.exists(path)) {
      return false;
    }
    try (var entries = Files.newDirectoryStream(path)) {
      return entries.iterator().hasNext();
    }
  }

  private void refuseAnotherVersion() throws IOException {
    var file = path.resolve("PG_VERSION");
    var version = Files.exists(file) ? Files.readString(file).strip() : "";
    if (version.isEmpty()) {
      throw new EmbeddedPostgresProblem(
          path
              + " is not a PostgreSQL database; move it away or set WALLETSYNC_DATA_DIR to another"
              + " directory.");
    }
    if (!version.equals(PostgresArchive.MAJOR)) {
      throw anotherVersion(path, version);
    }
  }

  /**
   * A new major version keeps its data under a new name; an empty start there would lose the old.
   */
  private static void refuseOlderData(DataDirectory directory) throws IOException {
    try (var clusters = Files.newDirectoryStream(directory.path(), "postgres-[0-9]*")) {
      for (var cluster : clusters) {
        var version = cluster.resolve("PG_VERSION");
        if (Files.exists(version) && !cluster.getFileName().toString().contains(".")) {
          throw anotherVersion(cluster, Files.readString(version).strip());
        }
      }
    }
  }

  private static EmbeddedPostgresProblem anotherVersion(Path cluster, String version) {
    return new EmbeddedPostgresProblem(
        """
        %s holds data of PostgreSQL %s and this WalletSync brings PostgreSQL %s; \
        move the data over with pg_dump, or %s."""
            .formatted(cluster, version, PostgresArchive.MAJOR, EmbeddedPostgresProblem.WAY_OUT));
  }
}
