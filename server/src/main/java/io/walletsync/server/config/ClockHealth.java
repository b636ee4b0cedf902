package io.walletsync.server.config;

import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A node whose clock is far from the database's is not ready: its signature window is wrong.
 * Without a database nobody can tell.
 */
final class ClockHealth extends AbstractHealthIndicator {
  private static final Duration MOST = Duration.ofSeconds(5);

  private final JdbcClient jdbc;
  private final InstantSource clock;

  ClockHealth(JdbcClient jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    var before = clock.instant();
    var database =
        jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
    var after = clock.instant();
    // the database's time lies somewhere between the two
    var behind = Duration.between(before, database);
    var ahead = Duration.between(database, after);
    var health =
        behind.compareTo(MOST) > 0 || ahead.compareTo(MOST) > 0
            ? builder.outOfService()
            : builder.up();
    health.withDetail("skew", behind.isNegative() ? ahead : behind);
  }
}
