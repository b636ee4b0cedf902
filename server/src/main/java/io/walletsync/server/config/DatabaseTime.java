package io.walletsync.server.config;

import com.github.kagkarlsson.scheduler.Clock;
import io.walletsync.core.kernel.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The database's clock for recurring tasks: nodes' clocks differ, and a task must not be due on one
 * and not on another. Read every ten seconds and carried on in between; while the database is away
 * it goes on too, for whoever asks the time cannot do without.
 */
final class DatabaseTime implements Clock {
  private static final Duration TRUSTED = Duration.ofSeconds(10);

  private final JdbcClient jdbc;
  private final AtomicReference<DatabaseClock> clock;

  /** Reads it for the first time, so the database must be there. */
  DatabaseTime(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.clock = new AtomicReference<>(read());
  }

  @Override
  public Instant now() {
    var now = clock.get().now();
    if (now.isBefore(clock.get().readAt().plus(TRUSTED))) {
      return now;
    }
    try {
      clock.set(read());
    } catch (RuntimeException _) {
      return now;
    }
    return clock.get().now();
  }

  private DatabaseClock read() {
    var now = jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single();
    return DatabaseClock.startedAt(now.toInstant());
  }
}
