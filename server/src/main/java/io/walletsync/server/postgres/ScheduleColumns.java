package io.walletsync.server.postgres;

import io.walletsync.core.wallet.SyncSchedule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A schedule as two columns of whole seconds; both null where there is none. */
final class ScheduleColumns {
  private ScheduleColumns() {}

  /**
   * Out of {@code sync_interval_seconds} and {@code sync_slowest_seconds}, or columns like them.
   */
  static @Nullable SyncSchedule read(ResultSet row, String prefix) throws SQLException {
    var interval = row.getObject(prefix + "sync_interval_seconds", Integer.class);
    var slowest = row.getObject(prefix + "sync_slowest_seconds", Integer.class);
    return interval == null
        ? null
        : new SyncSchedule(
            Duration.ofSeconds(interval), slowest == null ? null : Duration.ofSeconds(slowest));
  }

  static @Nullable Integer interval(@Nullable SyncSchedule schedule) {
    return schedule == null ? null : (int) schedule.interval().toSeconds();
  }

  static @Nullable Integer slowest(@Nullable SyncSchedule schedule) {
    return schedule == null || schedule.slowest() == null
        ? null
        : (int) schedule.slowest().toSeconds();
  }
}
