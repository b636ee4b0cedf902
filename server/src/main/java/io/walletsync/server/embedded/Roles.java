package io.walletsync.server.embedded;

import io.walletsync.server.embedded.EmbeddedPostgres.Login;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Who may do what in the cluster: one role owns the schema, another works with it and cannot change
 * it, nobody else gets in. Every step may be repeated, so a start heals what a crash cut short.
 */
final class Roles {
  static final String DATABASE = "walletsync";

  private final int port;
  private final Passwords passwords;

  Roles(int port, Passwords passwords) {
    this.port = port;
    this.passwords = passwords;
  }

  void establish() throws SQLException {
    try (var connection = new LocalDatabase(port, "postgres").connect(passwords.superuser())) {
      keepPasswordsOutOfTheLog(connection);
      for (var login : List.of(passwords.owner(), passwords.application())) {
        establishRole(connection, login);
      }
      establishDatabase(connection);
    }
    try (var connection = new LocalDatabase(port, DATABASE).connect(passwords.superuser())) {
      execute(connection, "revoke create on schema public from public");
    }
  }

  private static void keepPasswordsOutOfTheLog(Connection connection) throws SQLException {
    execute(connection, "set log_statement = 'none'");
    execute(connection, "set log_min_error_statement = 'panic'");
    execute(connection, "set log_min_duration_statement = -1");
  }

  private static void establishRole(Connection connection, Login login) throws SQLException {
    if (!exists(connection, "select from pg_roles where rolname = ?", login.user())) {
      execute(connection, "create role " + login.user());
    }
    try (var statement = connection.createStatement()) {
      statement.execute(
          """
          alter role %s login inherit
          nosuperuser nocreatedb nocreaterole noreplication nobypassrls password %s
          """
              .formatted(login.user(), statement.enquoteLiteral(login.password())));
    }
  }

  private void establishDatabase(Connection connection) throws SQLException {
    var owner = passwords.owner().user();
    if (!exists(connection, "select from pg_database where datname = ?", DATABASE)) {
      execute(connection, "create database " + DATABASE + " owner " + owner);
    }
    execute(connection, "alter database " + DATABASE + " owner to " + owner);
    for (var database : List.of(DATABASE, "postgres", "template1")) {
      execute(connection, "revoke all on database " + database + " from public");
    }
    execute(
        connection,
        "grant connect on database %s to %s, %s"
            .formatted(DATABASE, owner, passwords.application().user()));
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
