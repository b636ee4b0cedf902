package io.walletsync.server.embedded;

import io.walletsync.server.embedded.EmbeddedPostgres.Login;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** One database of the server on a loopback port, as the runner itself connects to it. */
record LocalDatabase(int port, String name) {
  private static final String TIMEOUT_SECONDS = "60";

  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  Connection connect(Login login) throws SQLException {
    var source = new DriverManagerDataSource(jdbcUrl(), login.user(), login.password());
    source.setDriverClassName("org.postgresql.Driver");
    var timeouts = new Properties();
    timeouts.setProperty("connectTimeout", TIMEOUT_SECONDS);
    timeouts.setProperty("socketTimeout", TIMEOUT_SECONDS);
    source.setConnectionProperties(timeouts);
    return source.getConnection();
  }
}
