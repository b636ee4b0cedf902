package io.walletsync.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * The database that the server works on, as the role that owns the schema.
 *
 * @param url of JDBC, with user and password
 * @param postmaster the process id of PostgreSQL; 0 where it does not run on this machine
 */
record DatabaseAccess(String url, Properties login, long postmaster) {
  private static final String OWNER = "walletsync_owner";
  private static final int PORT_LINE = 3;

  /** The embedded database of a data directory. */
  static DatabaseAccess embedded(Path dataDirectory) throws IOException {
    var passwords = new Properties();
    try (var reader =
        Files.newBufferedReader(dataDirectory.resolve("postgres-passwords.properties"))) {
      passwords.load(reader);
    }
    var lines = Files.readAllLines(cluster(dataDirectory).resolve("postmaster.pid"));
    var login = new Properties();
    login.setProperty("user", OWNER);
    login.setProperty("password", passwords.getProperty(OWNER));
    return new DatabaseAccess(
        "jdbc:postgresql://127.0.0.1:" + lines.get(PORT_LINE).strip() + "/walletsync",
        login,
        Long.parseLong(lines.getFirst().strip()));
  }

  /** A database of the user's own. */
  static DatabaseAccess at(String url) throws SQLException {
    var jdbc = url.startsWith("jdbc:") ? url : jdbc(url);
    var access = new DatabaseAccess(jdbc, new Properties(), 0);
    try (var connection = access.connect();
        var rows = connection.createStatement().executeQuery("select pg_backend_pid()")) {
      rows.next();
      var backend = rows.getLong(1);
      return new DatabaseAccess(jdbc, new Properties(), isPostgres(backend) ? parent(backend) : 0);
    }
  }

  static Path cluster(Path dataDirectory) throws IOException {
    try (var entries = Files.newDirectoryStream(dataDirectory, "postgres-[0-9]*")) {
      return entries.iterator().next();
    }
  }

  Connection connect() throws SQLException {
    var properties = new Properties();
    properties.putAll(login);
    properties.setProperty("ApplicationName", "walletsync-bench");
    properties.setProperty("prepareThreshold", "1");
    return DriverManager.getConnection(url, properties);
  }

  /** Processor time of all its processes until now. */
  Duration used() {
    return postmaster == 0 ? Duration.ZERO : ProcessTimes.ofTree(postmaster);
  }

  /** Statistics as a database has them that is in use for longer than a minute. */
  void analyze() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("analyze");
    }
  }

  long count(String query) throws SQLException {
    try (var connection = connect();
        var rows = connection.createStatement().executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  String text(String query) throws SQLException {
    try (var connection = connect();
        var rows = connection.createStatement().executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  void execute(String... statements) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public String toString() {
    return "DatabaseAccess[hidden]";
  }

  private static String jdbc(String url) {
    var uri = URI.create(url);
    var user = uri.getUserInfo() == null ? ":" : uri.getUserInfo();
    var colon = user.indexOf(':');
    return "jdbc:postgresql://%s:%d%s?user=%s&password=%s"
        .formatted(
            uri.getHost(),
            uri.getPort() < 0 ? 5432 : uri.getPort(),
            uri.getPath(),
            user.substring(0, colon),
            user.substring(colon + 1));
  }

  private static long parent(long backend) {
    return ProcessTimes.parent(backend).orElse(0L);
  }

  private static boolean isPostgres(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/comm")).startsWith("postgres");
    } catch (IOException e) {
      return false;
    }
  }
}
