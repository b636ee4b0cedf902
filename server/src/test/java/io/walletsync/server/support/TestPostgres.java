package io.walletsync.server.support;

import io.walletsync.server.config.DatabaseAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The PostgreSQL that tests make their databases on: an embedded one, or the one that {@code
 * -Dwalletsync.test.database-url=postgresql://superuser:password@host:port/database} names. There,
 * databases and roles get names that nothing else has, and are dropped when the tests end.
 */
final class TestPostgres {
  private static final String GIVEN = "walletsync.test.database-url";
  private static final String PASSWORD = "only for tests";

  private final DatabaseAddress superuser;
  private final String run;
  private final ConcurrentLinkedQueue<String> databases = new ConcurrentLinkedQueue<>();

  private TestPostgres(DatabaseAddress superuser, String run) {
    this.superuser = superuser;
    this.run = run;
    for (var role : List.of(owner(), application())) {
      jdbc().sql("create role " + role + " login password '" + PASSWORD + "'").update();
    }
  }

  static TestPostgres start() {
    var given = System.getProperty(GIVEN);
    if (given == null) {
      return new TestPostgres(embedded(), "");
    }
    var run = "_test_" + UUID.randomUUID().toString().substring(0, 8);
    var postgres = new TestPostgres(DatabaseAddress.parse(GIVEN, given), run);
    Runtime.getRuntime().addShutdownHook(new Thread(postgres::cleanUp));
    return postgres;
  }

  private static DatabaseAddress embedded() {
    try {
      var postgres =
          EmbeddedPostgres.builder()
              .setServerConfig("max_connections", "300")
              .setServerConfig("timezone", "Pacific/Auckland")
              .start();
      return new DatabaseAddress(
          "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres", "postgres", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String owner() {
    return "walletsync_owner" + run;
  }

  String application() {
    return "walletsync_app" + run;
  }

  /** Makes an empty database that the owner role owns. */
  void create(String name, String owner) {
    jdbc().sql("create database " + name + " owner " + owner).update();
    databases.add(name);
  }

  void close(String name) {
    jdbc().sql("alter database " + name + " allow_connections false").update();
    jdbc()
        .sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = ?")
        .param(name)
        .query()
        .listOfRows();
  }

  void open(String name) {
    jdbc().sql("alter database " + name + " allow_connections true").update();
  }

  /** A name for a database that nothing else has. */
  String name(int number) {
    return "walletsync" + (run.isEmpty() ? "_test" : run) + "_" + number;
  }

  /** Where a database is and how a role enters it. */
  DatabaseAddress address(String database, String role) {
    var isSuperuser = role.equals(superuser.user());
    return new DatabaseAddress(
        superuser.jdbcUrl().replaceFirst("/[^/?]*(\\?.*)?$", "/" + database + "$1"),
        role,
        isSuperuser ? superuser.password() : PASSWORD);
  }

  String superuser() {
    return superuser.user();
  }

  static DataSource connections(DatabaseAddress address) {
    var properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    return new DriverManagerDataSource(address.jdbcUrl(), properties);
  }

  private JdbcClient jdbc() {
    return JdbcClient.create(connections(superuser));
  }

  private void cleanUp() {
    databases.forEach(name -> jdbc().sql("drop database " + name + " with (force)").update());
    List.of(owner(), application()).forEach(role -> jdbc().sql("drop role " + role).update());
  }
}
