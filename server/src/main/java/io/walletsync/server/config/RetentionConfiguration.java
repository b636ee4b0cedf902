package io.walletsync.server.config;

import io.walletsync.core.access.Nonces;
import io.walletsync.core.bulk.SyncRuns;
import io.walletsync.core.delivery.Deliveries;
import io.walletsync.core.event.ProviderEvents;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.retention.ForgetExpired;
import io.walletsync.core.retention.Perishable;
import io.walletsync.core.retention.RetentionObserver;
import io.walletsync.core.sync.SyncRequests;
import io.walletsync.core.wallet.Connections;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is kept for a while only, how long, and the tasks that forget it. */
@Configuration(proxyBeanMethods = false)
class RetentionConfiguration {
  /** With the pause between rounds: however much there is, at most half a thread for each kind. */
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);

  private static final Duration SYNC_RUNS_ARE_KEPT = Duration.ofDays(30);
  private static final Duration DELIVERED_ARE_KEPT = Duration.ofDays(30);
  private static final Duration DEAD_ARE_KEPT = Duration.ofDays(90);

  @Bean
  ForgetExpired forgetExpired(
      Settings settings,
      Nonces nonces,
      SyncRequests requests,
      ProviderEvents events,
      Connections connections,
      SyncRuns runs,
      Deliveries deliveries,
      Transactions transactions,
      RetentionObserver observer) {
    var eventsAreKept = settings.retention().events();
    return new ForgetExpired(
        Map.of(
            Perishable.NONCE,
            nonces::forgetExpired,
            Perishable.IDEMPOTENCY_RECORD,
            requests::forgetExpired,
            Perishable.PROVIDER_EVENT,
            atMost -> events.forgetSettled(eventsAreKept, atMost),
            Perishable.RETIRED_WEBHOOK_SECRET,
            connections::forgetRetiredSecrets,
            Perishable.DELIVERY,
            atMost -> deliveries.forgetSettled(DELIVERED_ARE_KEPT, DEAD_ARE_KEPT, atMost),
            Perishable.SYNC_RUN,
            atMost ->
                transactions.inTransaction(() -> runs.forgetFinished(SYNC_RUNS_ARE_KEPT, atMost))),
        observer,
        LONGEST_ROUND);
  }

  @Bean
  RecurringTasks recurringTasks(
      DataSource dataSource,
      JdbcClient jdbc,
      ForgetExpired forgetExpired,
      List<RecurringTasks.More> more) {
    var tasks = more.stream().flatMap(part -> part.tasks().stream()).toList();
    return RecurringTasks.start(
        dataSource, jdbc, forgetExpired, tasks, RecurringTasks.Pace.STANDARD);
  }
}
