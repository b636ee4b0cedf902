package io.walletsync.server.http.wallet;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.wallet.ScheduleChange;
import io.walletsync.core.wallet.SyncSchedule;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.JsonValues;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A schedule as ISO 8601 durations; the slowest interval is null where it is fixed. */
@JsonNaming(SnakeCaseStrategy.class)
public record ScheduleJson(String interval, @Nullable String slowestInterval) {
  private static final String FIELD = "schedule";
  private static final String INTERVAL = "interval";
  private static final String SLOWEST = "slowest_interval";
  private static final Set<String> MEMBERS = Set.of(INTERVAL, SLOWEST);

  public static @Nullable ScheduleJson orNull(@Nullable SyncSchedule schedule) {
    return schedule == null ? null : of(schedule);
  }

  public static ScheduleJson of(SyncSchedule schedule) {
    var slowest = schedule.slowest();
    return new ScheduleJson(
        schedule.interval().toString(), slowest == null ? null : slowest.toString());
  }

  /** What to make of the schedule; null where the body says nothing of it. */
  public static @Nullable ScheduleChange read(JsonFields fields) {
    var members = fields.optionalPatch(FIELD).orNull();
    if (members == null) {
      return fields.isNull(FIELD) ? new ScheduleChange(null) : null;
    }
    members.keySet().stream()
        .filter(name -> !MEMBERS.contains(name))
        .forEach(name -> fields.reject(label(name), "is not a field of this request"));
    if (members.get(INTERVAL) == null) {
      fields.reject(label(INTERVAL), "is required");
    }
    var interval = interval(fields, members, INTERVAL);
    var slowest = interval(fields, members, SLOWEST);
    if (interval == null) {
      return null;
    }
    try {
      return new ScheduleChange(new SyncSchedule(interval, slowest));
    } catch (InvalidValue e) {
      fields.reject(label(SLOWEST), String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static @Nullable Duration interval(
      JsonFields fields, Map<String, @Nullable String> members, String name) {
    var text = members.get(name);
    if (text == null) {
      return null;
    }
    try {
      return SyncSchedule.requireInterval(Duration.parse(text));
    } catch (DateTimeException e) {
      fields.reject(label(name), "must be an ISO 8601 duration such as PT5M");
    } catch (InvalidValue e) {
      fields.reject(label(name), String.valueOf(e.getMessage()));
    }
    return null;
  }

  private static String label(String member) {
    return FIELD + "." + JsonValues.clean(member);
  }
}
