package io.walletsync.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.walletsync.core.retention.ExpiredRows;
import io.walletsync.core.retention.ForgetExpired;
import io.walletsync.core.retention.ForgetExpired.Outcome;
import io.walletsync.core.retention.Perishable;
import io.walletsync.core.retention.RetentionObserver;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.TestDatabase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Of all nodes one does a task, and no task is lost with a node. */
class RecurringTasksTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final RecurringTasks.Pace QUICK =
      new RecurringTasks.Pace(
          Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofMillis(500));
  private static final RecurringTasks.Pace ONCE =
      new RecurringTasks.Pace(Duration.ofHours(1), Duration.ofMillis(50), Duration.ofMillis(500));

  private final TestDatabase database = TestDatabase.migrated();
  private final AtomicInteger rounds = new AtomicInteger();
  private HikariDataSource pool;

  @BeforeEach
  void open() {
    var config = new HikariConfig();
    config.setDataSource(database.asApplication());
    config.setMaximumPoolSize(8);
    pool = new HikariDataSource(config);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void ofSeveralNodesOneDoesATask() {
    var atWork = new AtomicInteger();
    var together = new AtomicBoolean();
    ExpiredRows rows =
        _ -> {
          together.compareAndSet(false, atWork.incrementAndGet() > 1);
          rounds.incrementAndGet();
          // long enough that two at once would meet
          database.look().sql("select pg_sleep(0.05)").query().listOfRows();
          atWork.decrementAndGet();
          return 0;
        };

    try (var _ = node(rows, QUICK);
        var _ = node(rows, QUICK);
        var _ = node(rows, QUICK)) {
      Eventually.within(SOON, "many rounds were made", () -> rounds.get() >= 10);
    }

    assertThat(together).isFalse();
    assertThat(
            database.look().sql("select count(*) from recurring_task").query(Long.class).single())
        .isEqualTo(Perishable.values().length);
  }

  @Test
  void whatWasDoneOnOneNodeIsNotDueOnAnother() {
    ExpiredRows rows =
        _ -> {
          rounds.incrementAndGet();
          return 0;
        };
    try (var _ = node(rows, ONCE)) {
      Eventually.within(SOON, "the first round was made", this::allAreDone);
    }
    assertThat(rounds).hasValue(1);

    try (var _ = node(rows, ONCE)) {
      isDueNow(Perishable.IDEMPOTENCY_RECORD);
      Eventually.within(SOON, "another task was done", this::allAreDone);
    }

    assertThat(rounds).hasValue(1);
  }

  @Test
  void theTaskOfADeadNodeIsTakenOver() {
    ExpiredRows rows =
        _ -> {
          rounds.incrementAndGet();
          return 0;
        };
    try (var _ = node(rows, ONCE)) {
      Eventually.within(SOON, "the first round was made", this::allAreDone);
    }
    database
        .look()
        .sql(
            """
            update recurring_task
               set picked = true, picked_by = 'a node that died', version = version + 1,
                   execution_time = clock_timestamp() - interval '10 seconds',
                   last_heartbeat = clock_timestamp() - interval '10 seconds'
            """)
        .update();

    try (var _ = node(rows, ONCE)) {
      Eventually.within(SOON, "the dead node's task is done", () -> rounds.get() == 2);
      Eventually.within(SOON, "nothing is left picked", this::allAreDone);
    }
  }

  @Test
  void aNodeThatStopsEndsWhatItIsAtAndLeavesNothingPicked() throws Exception {
    var begun = new CountDownLatch(1);
    ExpiredRows endless =
        atMost -> {
          begun.countDown();
          rounds.incrementAndGet();
          return atMost;
        };
    var node = node(endless, ONCE);
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

    node.close();

    var after = rounds.get();
    assertThat(
            database
                .look()
                .sql(
                    "select task_name from recurring_task where picked or last_failure is not null")
                .query(String.class)
                .list())
        .isEmpty();
    assertThat(
            database
                .look()
                .sql("select last_success is not null from recurring_task where task_name = ?")
                .param(Perishable.NONCE.task())
                .query(Boolean.class)
                .single())
        .isTrue();
    assertThat(rounds).hasValue(after);
  }

  @Test
  void aRoundThatBreaksIsMadeAgain() {
    ExpiredRows rows =
        _ -> {
          if (rounds.incrementAndGet() == 1) {
            throw new IllegalStateException("on purpose");
          }
          return 0;
        };

    try (var _ = node(rows, QUICK)) {
      Eventually.within(SOON, "it is made again", () -> rounds.get() >= 2);
      Eventually.within(SOON, "all went well", this::allAreDone);
    }
  }

  @Test
  void aDatabaseThatComesBackFindsTheTasksGoingOn() {
    ExpiredRows rows =
        _ -> {
          rounds.incrementAndGet();
          return 0;
        };
    try (var _ = node(rows, QUICK)) {
      Eventually.within(SOON, "the first round was made", () -> rounds.get() >= 1);
      database.goAway();
      var atTheOutage = rounds.get();
      database.comeBack();

      Eventually.within(SOON, "rounds go on", () -> rounds.get() >= atTheOutage + 2);
    }
  }

  @Test
  void whatAnotherPartAddsIsDoneBesideWhatIsForgotten() {
    var more = List.of(new RecurringTasks.Task("more", _ -> rounds.incrementAndGet()));
    try (var _ = RecurringTasks.start(pool, JdbcClient.create(pool), nothing(), more, QUICK)) {
      Eventually.within(SOON, "rounds of it were made", () -> rounds.get() >= 2);
    }

    assertThat(
            database
                .look()
                .sql("select last_success is not null from recurring_task where task_name = 'more'")
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  private boolean allAreDone() {
    return database
        .look()
        .sql(
            """
            select count(*) = :kinds from recurring_task
             where not picked and last_success is not null and execution_time > clock_timestamp()
            """)
        .param("kinds", Perishable.values().length)
        .query(Boolean.class)
        .single();
  }

  private void isDueNow(Perishable kind) {
    database
        .look()
        .sql(
            """
            update recurring_task set execution_time = clock_timestamp(), version = version + 1
             where task_name = ?
            """)
        .param(kind.task())
        .update();
  }

  /** A node whose nonces these are; of everything else there is nothing to forget. */
  private RecurringTasks node(ExpiredRows nonces, RecurringTasks.Pace pace) {
    return RecurringTasks.start(pool, JdbcClient.create(pool), forgetting(nonces), pace);
  }

  private static ForgetExpired nothing() {
    return forgetting(_ -> 0);
  }

  private static ForgetExpired forgetting(ExpiredRows nonces) {
    var rows =
        Arrays.stream(Perishable.values())
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    kind -> kind == Perishable.NONCE ? nonces : (ExpiredRows) _ -> 0));
    return new ForgetExpired(rows, new Unobserved(), Duration.ofMinutes(1));
  }

  private static final class Unobserved implements RetentionObserver {
    @Override
    public void forgot(Perishable kind, int rows) {}

    @Override
    public void ended(Perishable kind, Outcome outcome) {}

    @Override
    public void broke(Perishable kind) {}
  }
}
