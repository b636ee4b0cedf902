package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.retention.Perishable;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which table and column that is read is the library's choice, so there is no other adapter. */
class PostgresRetentionTicksTest {
  private final PostgresRetentionTicks ticks = new PostgresRetentionTicks(Ports.jdbc());

  @AfterEach
  void noTasks() {
    Ports.jdbc().sql("delete from recurring_task").update();
  }

  @Test
  void tellsHowLongAgoEachKindWasForgottenAndNothingOfOtherTasks() {
    assertThat(ticks.sinceLast()).isEmpty();
    task("forget_nonce", "clock_timestamp() - interval '90 minutes'");
    task("forget_idempotency_record", "clock_timestamp() + interval '1 minute'");
    task("forget_provider_event", "null");
    task("something_else", "clock_timestamp()");

    var ages = ticks.sinceLast();

    assertThat(ages).containsOnlyKeys(Perishable.NONCE, Perishable.IDEMPOTENCY_RECORD);
    assertThat(ages.get(Perishable.NONCE))
        .isBetween(Duration.ofMinutes(90), Duration.ofMinutes(92));
    assertThat(ages.get(Perishable.IDEMPOTENCY_RECORD)).isZero();
  }

  private static void task(String name, String lastSuccess) {
    Ports.jdbc()
        .sql(
            """
            insert into recurring_task (task_name, task_instance, execution_time, picked,
                                        last_success, version)
            values (?, 'recurring', clock_timestamp(), false, %s, 1)
            """
                .formatted(lastSuccess))
        .param(name)
        .update();
  }
}
