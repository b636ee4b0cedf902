package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;

import io.walletsync.core.retention.Perishable;
import io.walletsync.core.retention.RetentionTicks;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads off the table of recurring tasks when each was last done, by the database's clock. */
final class PostgresRetentionTicks implements RetentionTicks {
  private static final Map<String, Perishable> KINDS =
      Arrays.stream(Perishable.values())
          .collect(Collectors.toUnmodifiableMap(Perishable::task, Function.identity()));

  private final JdbcClient jdbc;

  PostgresRetentionTicks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<Perishable, Duration> sinceLast() {
    var ages = new EnumMap<Perishable, Duration>(Perishable.class);
    jdbc.sql(
            """
            select task_name,
                   floor(extract(epoch from clock_timestamp() - last_success) * 1000)::bigint as age
              from recurring_task
             where task_name = any (?::text[]) and last_success is not null
            """)
        .param(array("text", List.copyOf(KINDS.keySet()), name -> name))
        .query(
            row -> {
              var age = Duration.ofMillis(Math.max(0, row.getLong("age")));
              ages.put(KINDS.get(row.getString("task_name")), age);
            });
    return ages;
  }
}
