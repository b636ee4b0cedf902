package io.walletsync.server.config;

import io.walletsync.core.analytics.AnalyzeBalance;
import io.walletsync.core.analytics.CountChanges;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.export.DrawStatement;
import io.walletsync.core.export.ExportMovements;
import io.walletsync.core.export.ExportSnapshots;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.movement.MovementImports;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.position.ReadPositions;
import io.walletsync.core.position.WalletStandings;
import io.walletsync.core.wallet.WalletClosures;
import io.walletsync.core.wallet.Wallets;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The use cases that look back, each given the ports it needs. */
@Configuration(proxyBeanMethods = false)
class AnalyticsConfiguration {
  @Bean
  AnalyzeBalance analyzeBalance(BalanceSnapshots snapshots, BalanceHistory history) {
    return new AnalyzeBalance(snapshots, history);
  }

  @Bean
  ReadPositions readPositions(
      Transactions transactions,
      WalletStandings standings,
      WalletClosures closures,
      BalanceHistory history) {
    return new ReadPositions(transactions, standings, closures, history);
  }

  @Bean
  ExportSnapshots exportSnapshots(Wallets wallets, BalanceHistory history) {
    return new ExportSnapshots(wallets, history);
  }

  @Bean
  ExportMovements exportMovements(Wallets wallets, Movements movements) {
    return new ExportMovements(wallets, movements);
  }

  @Bean
  DrawStatement drawStatement(
      BalanceSnapshots snapshots,
      BalanceHistory history,
      Movements movements,
      MovementImports imports) {
    return new DrawStatement(snapshots, history, movements, imports);
  }

  @Bean
  CountChanges countChanges(Wallets wallets, BalanceHistory history, InstantSource clock) {
    return new CountChanges(wallets, history, clock);
  }
}
