package io.walletsync.server.config;

import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.movement.ExplainChanges;
import io.walletsync.core.movement.FetchDueMovements;
import io.walletsync.core.movement.FetchMovements;
import io.walletsync.core.movement.ImportPolicy;
import io.walletsync.core.movement.ListMovements;
import io.walletsync.core.movement.MovementCompleteness;
import io.walletsync.core.movement.MovementFeed;
import io.walletsync.core.movement.MovementFeeds;
import io.walletsync.core.movement.MovementFindings;
import io.walletsync.core.movement.MovementImports;
import io.walletsync.core.movement.MovementObserver;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.movement.ReadMovementCoverage;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The use cases of movements, and the task that imports them where that is wanted. */
@Configuration(proxyBeanMethods = false)
class MovementConfiguration {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  @Bean
  ImportPolicy importPolicy(Settings settings) {
    return ImportPolicy.STANDARD.every(settings.movementInterval().orElse(null));
  }

  @Bean
  MovementFeeds movementFeeds(List<MovementFeed> feeds, UnaryOperator<MovementFeed> metering) {
    return new MovementFeeds(feeds.stream().map(metering).toList());
  }

  @Bean
  FetchMovements fetchMovements(
      Wallets wallets,
      Connections connections,
      MovementFeeds feeds,
      Movements movements,
      MovementImports imports,
      MovementFindings findings,
      BalanceHistory history,
      Transactions transactions,
      Auditor auditor,
      MovementObserver observer,
      ImportPolicy policy,
      InstantSource clock) {
    return new FetchMovements(
        wallets,
        connections,
        feeds,
        movements,
        imports,
        findings,
        history,
        transactions,
        auditor,
        observer,
        policy,
        clock);
  }

  @Bean
  ListMovements listMovements(Wallets wallets, Movements movements) {
    return new ListMovements(wallets, movements);
  }

  @Bean
  ReadMovementCoverage readMovementCoverage(
      Wallets wallets, MovementImports imports, MovementFindings findings) {
    return new ReadMovementCoverage(wallets, imports, findings);
  }

  @Bean
  MovementCompleteness movementCompleteness(MovementImports imports, MovementFindings findings) {
    return new MovementCompleteness(imports, findings);
  }

  @Bean
  ExplainChanges explainChanges(
      Wallets wallets,
      BalanceHistory history,
      Movements movements,
      MovementImports imports,
      MovementFindings findings) {
    return new ExplainChanges(wallets, history, movements, imports, findings);
  }

  /** None where wallets are imported on demand only. */
  @Bean
  RecurringTasks.More movementTasks(
      Settings settings,
      MovementImports imports,
      FetchMovements fetchMovements,
      MovementObserver observer) {
    return new RecurringTasks.More(
        settings
            .movementInterval()
            .map(every -> new FetchDueMovements(imports, fetchMovements, observer, every, LONGEST))
            .map(MovementConfiguration::task)
            .stream()
            .toList());
  }

  private static RecurringTasks.Task task(FetchDueMovements fetchDueMovements) {
    return new RecurringTasks.Task(
        "import_movements",
        isStopping -> {
          var _ = fetchDueMovements.fetch(new FetchDueMovements.Command(isStopping));
        });
  }
}
