package io.walletsync.server.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * An empty database of its own for each test class, on one PostgreSQL for all of them. It is made
 * for speed, not to last: what is durable is tested on the embedded PostgreSQL of the product.
 *
 * @param host address and port
 */
public record TestDatabase(String host, String name) {
  public static final String OWNER = "walletsync_owner";
  public static final String APPLICATION = "walletsync_app";
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final EmbeddedPostgres POSTGRES = start();

  /** Makes an empty database that the owner role owns. */
  public static TestDatabase create() {
    var name = "test_" + NUMBER.incrementAndGet();
    JdbcClient.create(POSTGRES.getPostgresDatabase())
        .sql("create database " + name + " owner " + OWNER)
        .update();
    return new TestDatabase("127.0.0.1:" + POSTGRES.getPort(), name);
  }

  private static EmbeddedPostgres start() {
    try {
      var postgres =
          EmbeddedPostgres.builder()
              .setServerConfig("max_connections", "300")
              .setServerConfig("timezone", "Pacific/Auckland")
              .start();
      var jdbc = JdbcClient.create(postgres.getPostgresDatabase());
      jdbc.sql("create role " + OWNER + " login password 'owner'").update();
      jdbc.sql("create role " + APPLICATION + " login password 'application'").update();
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What WALLETSYNC_DATABASE_URL is set to. */
  public String applicationUrl() {
    return "postgresql://" + APPLICATION + ":application@" + host + "/" + name;
  }

  /** What WALLETSYNC_DATABASE_OWNER_URL is set to. */
  public String ownerUrl() {
    return "postgresql://" + OWNER + ":owner@" + host + "/" + name;
  }

  public DataSource asOwner() {
    return connections(OWNER);
  }

  public DataSource asApplication() {
    return connections(APPLICATION);
  }

  /** For looking at what is stored, past every rule. */
  public JdbcClient look() {
    return JdbcClient.create(connections("postgres"));
  }

  private DataSource connections(String role) {
    var properties = new Properties();
    properties.setProperty("user", role);
    return new DriverManagerDataSource("jdbc:postgresql://" + host + "/" + name, properties);
  }
}
