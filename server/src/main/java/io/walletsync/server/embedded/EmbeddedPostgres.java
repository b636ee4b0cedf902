package io.walletsync.server.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable PostgreSQL of our own under a data directory: one live owner at a time, loopback and
 * passwords only, and always startable again after any crash.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String WRONG_PASSWORD = "28P01";

  private final DataDirectoryLock lock;
  private final Postmaster postmaster;
  private final LocalDatabase database;
  private final Passwords passwords;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedPostgres(
      DataDirectoryLock lock, Postmaster postmaster, LocalDatabase database, Passwords passwords) {
    this.lock = lock;
    this.postmaster = postmaster;
    this.database = database;
    this.passwords = passwords;
  }

  /**
   * A role and its password.
   *
   * @param password never printed
   */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[user=" + user + "]";
    }
  }

  /**
   * Starts the database kept under the directory, creating both where they do not exist yet. What a
   * killed owner left running is stopped first.
   *
   * @throws EmbeddedPostgresProblem with one sentence for the user where that cannot be
   */
  public static EmbeddedPostgres start(Path dataDirectory) {
    try {
      var archive = PostgresArchive.forThisMachine();
      var directory = DataDirectory.open(dataDirectory);
      var lock = DataDirectoryLock.acquire(directory);
      try {
        return start(archive, directory, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (AccessDeniedException e) {
      throw new EmbeddedPostgresProblem(
          """
          WalletSync has no right to use %s; give it to the user that runs WalletSync or set \
          WALLETSYNC_DATA_DIR to another directory."""
              .formatted(e.getFile()),
          e);
    } catch (IOException e) {
      throw new EmbeddedPostgresProblem(
          "WalletSync cannot use its data directory %s: %s"
              .formatted(dataDirectory, e.getMessage()),
          e);
    }
  }

  private static EmbeddedPostgres start(
      PostgresArchive archive, DataDirectory directory, DataDirectoryLock lock) throws IOException {
    directory.removeUnfinished();
    var runAs = RunAs.forThisProcess(directory);
    var binaries = PostgresBinaries.unpacked(archive, directory);
    var commands = new PostgresCommands(binaries, runAs, directory);
    commands.requireThatTheyRun();
    var passwords = Passwords.readOrGenerate(directory);
    var cluster = Cluster.openOrCreate(directory, commands, passwords);
    var postmaster = new Postmaster(cluster, commands, directory.log());
    var port = postmaster.start();
    try {
      new Roles(port, passwords).establish();
      var database = new LocalDatabase(port, Roles.DATABASE);
      Durability.require(database, passwords.owner());
      Durability.require(database, passwords.application());
      return new EmbeddedPostgres(lock, postmaster, database, passwords);
    } catch (SQLException e) {
      postmaster.stop();
      throw WRONG_PASSWORD.equals(e.getSQLState())
          ? Passwords.unusable(directory)
          : new EmbeddedPostgresProblem(
              "The embedded PostgreSQL could not be set up: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      postmaster.stop();
      throw e;
    }
  }

  /** The address of the database without a login: {@code jdbc:postgresql://127.0.0.1:PORT/…}. */
  public String jdbcUrl() {
    return database.jdbcUrl();
  }

  /** The role that owns the schema and may change it. */
  public Login owner() {
    return passwords.owner();
  }

  /** The role the application runs as; it cannot change the schema. */
  public Login application() {
    return passwords.application();
  }

  /** Stops PostgreSQL cleanly and gives the data directory free; further calls do nothing. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try (lock) {
      postmaster.stop();
    } catch (IOException | EmbeddedPostgresProblem e) {
      // The next start deals with a server that still runs; a shutdown goes on.
      LOG.error("The embedded PostgreSQL did not stop cleanly: {}", e.getMessage());
    }
  }
}
