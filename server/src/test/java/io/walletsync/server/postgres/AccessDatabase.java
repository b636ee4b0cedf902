package io.walletsync.server.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL with the tables of this feature, started once for all its tests. */
final class AccessDatabase {
  private static final DataSource DATA_SOURCE = start();

  private AccessDatabase() {}

  /** A client of the database, whose tables were emptied. */
  static JdbcClient empty() {
    var jdbc = JdbcClient.create(DATA_SOURCE);
    jdbc.sql("TRUNCATE nonce, api_key_secret, api_key").update();
    return jdbc;
  }

  static void run(String resource) {
    JdbcClient.create(DATA_SOURCE).sql(read(resource)).update();
  }

  private static DataSource start() {
    try {
      var postgres = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1));
      var dataSource = postgres.start().getPostgresDatabase();
      JdbcClient.create(dataSource).sql(read("db/migration/V1__access.sql")).update();
      return dataSource;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(String resource) {
    try {
      return new ClassPathResource(resource).getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
