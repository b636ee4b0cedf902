package io.walletsync.server.config;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.walletsync.core.retention.ForgetExpired;
import io.walletsync.core.retention.Perishable;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What one node does for all, now and then: each task is a row, and whoever takes it when it is due
 * does it. A node that dies leaves a heartbeat that goes stale, and another node takes over.
 */
final class RecurringTasks implements AutoCloseable {
  private static final String TABLE = "recurring_task";

  /** Few: they share the pool with the requests. */
  private static final int THREADS = 3;

  /** As many as there are threads are fetched, so that none waits on a node that is busy. */
  private static final double FETCH_UP_TO = 1.0;

  private static final double FETCH_BELOW = 0.5;

  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(10);

  private final Scheduler scheduler;

  private RecurringTasks(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * How often things happen.
   *
   * @param between from the end of a task's round to its next
   * @param look between two looks for what is due
   * @param heartbeat between two signs of life; after four that are missing a node counts as dead
   */
  record Pace(Duration between, Duration look, Duration heartbeat) {
    static final Pace STANDARD =
        new Pace(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  /**
   * Something else that is done now and then.
   *
   * @param name of its row
   * @param work is told how to learn that the node is stopping
   */
  record Task(String name, Consumer<BooleanSupplier> work) {}

  /** What a part of the application adds. */
  record More(List<Task> tasks) {}

  /** Takes part from now on. */
  static RecurringTasks start(
      DataSource dataSource, JdbcClient jdbc, ForgetExpired forgetExpired, Pace pace) {
    return start(dataSource, jdbc, forgetExpired, List.of(), pace);
  }

  /** Takes part from now on, in what is forgotten and in more. */
  static RecurringTasks start(
      DataSource dataSource,
      JdbcClient jdbc,
      ForgetExpired forgetExpired,
      Collection<Task> more,
      Pace pace) {
    var tasks =
        Stream.concat(
                Arrays.stream(Perishable.values()).map(kind -> forget(kind, forgetExpired, pace)),
                more.stream().map(task -> recurring(task, pace)))
            .toList();
    var scheduler =
        Scheduler.create(dataSource)
            .startTasks(tasks)
            .tableName(TABLE)
            .schedulerName(new SchedulerName.Fixed("node-" + UUID.randomUUID()))
            .clock(new DatabaseTime(jdbc))
            .threads(THREADS)
            // one statement with "for update skip locked": of two nodes, each gets another task
            .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
            .pollingInterval(pace.look())
            .heartbeatInterval(pace.heartbeat())
            .missedHeartbeatsLimit(4)
            .shutdownMaxWait(PATIENCE_AT_STOP)
            .failureLogging(LogLevel.WARN, false)
            .build();
    scheduler.start();
    return new RecurringTasks(scheduler);
  }

  private static RecurringTask<Void> forget(
      Perishable kind, ForgetExpired forgetExpired, Pace pace) {
    return Tasks.recurring(kind.task(), FixedDelay.of(pace.between()))
        .execute((_, context) -> forgetExpired.forget(command(kind, context)));
  }

  private static RecurringTask<Void> recurring(Task task, Pace pace) {
    return Tasks.recurring(task.name(), FixedDelay.of(pace.between()))
        .execute((_, context) -> task.work().accept(context.getSchedulerState()::isShuttingDown));
  }

  private static ForgetExpired.Command command(Perishable kind, ExecutionContext context) {
    return new ForgetExpired.Command(kind, context.getSchedulerState()::isShuttingDown);
  }

  /** Closed before the pool: what runs ends after the batch it is at, and is written down. */
  @Override
  public void close() {
    scheduler.stop();
  }
}
