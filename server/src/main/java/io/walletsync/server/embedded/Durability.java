package io.walletsync.server.embedded;

import io.walletsync.server.embedded.EmbeddedPostgres.Login;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * No money is kept in a database that may forget it: the running server is asked, as the roles that
 * will use it, because a setting may also hang on a role or a database.
 */
final class Durability {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "fsync", "on",
          "synchronous_commit", "on",
          "full_page_writes", "on",
          "listen_addresses", "127.0.0.1");

  private Durability() {}

  static void require(LocalDatabase database, Login login) throws SQLException {
    try (var connection = database.connect(login)) {
      for (var setting : REQUIRED.entrySet()) {
        var actual = show(connection, setting.getKey());
        if (!actual.equals(setting.getValue())) {
          throw new EmbeddedPostgresProblem(
              """
              The embedded PostgreSQL has %s = %s for %s where WalletSync needs %s; \
              take that setting back."""
                  .formatted(setting.getKey(), actual, login.user(), setting.getValue()));
        }
      }
    }
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("show " + setting)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
