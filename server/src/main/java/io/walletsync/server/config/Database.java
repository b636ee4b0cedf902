package io.walletsync.server.config;

import io.walletsync.server.embedded.EmbeddedPostgres;
import io.walletsync.server.embedded.EmbeddedPostgresProblem;
import io.walletsync.server.postgres.Schema;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The database of this installation: the configured one, or the embedded one that it starts. */
public final class Database implements AutoCloseable {
  private static final int OLDEST_MAJOR_VERSION = 15;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

  private final DatabaseAddress application;
  private final DatabaseAddress owner;
  private final Optional<EmbeddedPostgres> embedded;

  private Database(
      DatabaseAddress application, DatabaseAddress owner, Optional<EmbeddedPostgres> embedded) {
    this.application = application;
    this.owner = owner;
    this.embedded = embedded;
  }

  /** Opens it, or says in one sentence what is in the way. */
  public static Database open(Settings settings) {
    return open(settings, PATIENCE);
  }

  static Database open(Settings settings, Duration patience) {
    var configured = settings.database().orElse(null);
    if (configured == null) {
      return startEmbedded(settings);
    }
    var owner = settings.schemaOwner().orElse(configured);
    var database = new Database(configured, owner, Optional.empty());
    awaitReachable("WALLETSYNC_DATABASE_URL", configured, patience);
    if (!owner.equals(configured)) {
      awaitReachable("WALLETSYNC_DATABASE_OWNER_URL", owner, patience);
    }
    return database;
  }

  private static Database startEmbedded(Settings settings) {
    try {
      var postgres = EmbeddedPostgres.start(settings.dataDirectory());
      var application = postgres.application();
      var owner = postgres.owner();
      return new Database(
          new DatabaseAddress(postgres.jdbcUrl(), application.user(), application.password()),
          new DatabaseAddress(postgres.jdbcUrl(), owner.user(), owner.password()),
          Optional.of(postgres));
    } catch (EmbeddedPostgresProblem problem) {
      throw new SettingsProblem(String.valueOf(problem.getMessage()), problem);
    }
  }

  private static void awaitReachable(String setting, DatabaseAddress address, Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try (var connection = connectTo(address).getConnection()) {
        requireRecent(setting, connection.getMetaData().getDatabaseMajorVersion());
        return;
      } catch (SQLException e) {
        // wrong login or no such database: waiting does not help
        var isFinal = e.getSQLState() != null && e.getSQLState().matches("28...|3D000");
        if (isFinal || System.nanoTime() > deadline) {
          throw new SettingsProblem(
              "The database of "
                  + setting
                  + " ("
                  + address
                  + ") cannot be used: "
                  + reason(e)
                  + (isFinal ? "; correct that setting." : "; start it, or correct that setting."),
              e);
        }
        pause();
      }
    }
  }

  static void requireRecent(String setting, int version) {
    if (version < OLDEST_MAJOR_VERSION) {
      throw new SettingsProblem(
          setting
              + " leads to PostgreSQL "
              + version
              + ", and WalletSync needs 15 or newer: upgrade it, or name another one.");
    }
  }

  private static String reason(SQLException e) {
    var line = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SettingsProblem("Interrupted while waiting for the database; start again.", e);
    }
  }

  /** Brings the schema up to this release, or says why that cannot be. */
  public void migrate() {
    try {
      migrate(schema());
    } catch (FlywayException e) {
      throw new SettingsProblem(
          "The schema cannot be brought up to this release ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given")
              + "): give WalletSync a database, or with currentSchema=… a schema, of its own.",
          e);
    }
  }

  private void migrate(Schema schema) {
    switch (schema.state()) {
      case CURRENT -> {
        if (!schema.isGranted()) {
          requireThatOwnerMayChange(
              schema, "The role " + application.user() + " was not granted what WalletSync needs");
          schema.migrate();
        }
      }
      case NEWER ->
          throw new SettingsProblem(
              "The schema is at version "
                  + schema.version()
                  + ", which a newer release of WalletSync made: start that release, or let it"
                  + " take the schema back (walletsync schema undo).");
      case OLDER -> {
        requireThatOwnerMayChange(
            schema, "The schema is at version " + schema.version() + " and needs a migration");
        schema.migrate();
      }
    }
  }

  private void requireThatOwnerMayChange(Schema schema, String why) {
    if (!schema.mayChange()) {
      throw new SettingsProblem(
          why
              + ", and the role "
              + owner.user()
              + " may not change the schema: set WALLETSYNC_DATABASE_OWNER_URL to the role that"
              + " owns it and start again, or run: walletsync schema migrate");
    }
  }

  public Schema schema() {
    return new Schema(connectTo(owner), application.user());
  }

  public DatabaseAddress application() {
    return application;
  }

  /** Single connections as the application's role, for what happens before the pool exists. */
  DataSource applicationConnections() {
    return connectTo(application);
  }

  public boolean isEmbedded() {
    return embedded.isPresent();
  }

  private static DataSource connectTo(DatabaseAddress address) {
    var properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    properties.setProperty("connectTimeout", "3");
    // the whole of it: a stopped server takes connections and never answers
    properties.setProperty("loginTimeout", "5");
    properties.setProperty("ApplicationName", "walletsync-start");
    return new DriverManagerDataSource(address.jdbcUrl(), properties);
  }

  /** Stops the embedded database. To be called after everything that uses it has ended. */
  @Override
  public void close() {
    embedded.ifPresent(EmbeddedPostgres::close);
  }
}
