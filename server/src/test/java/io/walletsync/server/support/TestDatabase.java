package io.walletsync.server.support;

import io.walletsync.server.postgres.Schema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An empty database of its own for each test class, on one PostgreSQL for all of them. It is made
 * for speed, not to last: what is durable is tested on the embedded PostgreSQL of the product.
 *
 * <p>The tests run on any other PostgreSQL 15 or newer, a cluster of several machines included,
 * with {@code -Dwalletsync.test.database-url=postgresql://admin:password@host:5432/postgres}, the
 * login of a superuser. Databases and roles made there are dropped again at the end.
 *
 * @param host address and port
 * @param owner the role that owns the database
 * @param application the role that the application works as, which may be the owner's
 */
public record TestDatabase(String host, String name, String owner, String application) {
  private static final TestPostgres POSTGRES = TestPostgres.start();
  public static final String OWNER = POSTGRES.owner();
  public static final String APPLICATION = POSTGRES.application();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** Makes an empty database that the owner role owns. */
  public static TestDatabase create() {
    return create(OWNER, APPLICATION);
  }

  /** Makes an empty database that one role both owns and works with. */
  public static TestDatabase createForOneRole() {
    return create(APPLICATION, APPLICATION);
  }

  /** Makes a database that has this release's schema. */
  public static TestDatabase migrated() {
    var database = create();
    database.schema().migrate();
    return database;
  }

  private static TestDatabase create(String owner, String application) {
    var name = POSTGRES.name(NUMBER.incrementAndGet());
    POSTGRES.create(name, owner);
    var url = POSTGRES.address(name, owner).jdbcUrl();
    var host = url.substring("jdbc:postgresql://".length(), url.lastIndexOf('/'));
    return new TestDatabase(host, name, owner, application);
  }

  /** What WALLETSYNC_DATABASE_URL is set to. */
  public String applicationUrl() {
    return url(application);
  }

  /** What WALLETSYNC_DATABASE_OWNER_URL is set to. */
  public String ownerUrl() {
    return url(owner);
  }

  private String url(String role) {
    var address = POSTGRES.address(name, role);
    var password = URLEncoder.encode(address.password(), StandardCharsets.UTF_8);
    return address
        .jdbcUrl()
        .replace("jdbc:postgresql://", "postgresql://%s:%s@".formatted(role, password))
        .replace("+", "%20");
  }

  public DataSource asOwner() {
    return connections(owner);
  }

  public DataSource asApplication() {
    return connections(application);
  }

  public DataSource asSuperuser() {
    return connections(POSTGRES.superuser());
  }

  /** For looking at what is stored, past every rule. */
  public JdbcClient look() {
    return JdbcClient.create(asSuperuser());
  }

  /** From now on nobody gets in, and who is in is thrown out. */
  public void goAway() {
    POSTGRES.close(name);
  }

  /** Ends {@link #goAway}. */
  public void comeBack() {
    POSTGRES.open(name);
  }

  /** The schema as this release's commands see it. */
  public Schema schema() {
    return new Schema(asOwner(), application);
  }

  private DataSource connections(String role) {
    return TestPostgres.connections(POSTGRES.address(name, role));
  }
}
