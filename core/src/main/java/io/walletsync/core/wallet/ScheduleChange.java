package io.walletsync.core.wallet;

import org.jspecify.annotations.Nullable;

/**
 * What shall become of somebody's own schedule.
 *
 * @param to null to have none any longer and to inherit it
 */
public record ScheduleChange(@Nullable SyncSchedule to) {
  /** What is left of a schedule after a change, where there is one. */
  static @Nullable SyncSchedule apply(@Nullable ScheduleChange change, @Nullable SyncSchedule now) {
    return change == null ? now : change.to();
  }
}
