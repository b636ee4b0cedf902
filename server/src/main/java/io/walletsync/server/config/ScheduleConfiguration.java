package io.walletsync.server.config;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.provider.BalanceProviders;
import io.walletsync.core.schedule.LeaseDueWallets;
import io.walletsync.core.schedule.OutageListener;
import io.walletsync.core.schedule.ScheduleObserver;
import io.walletsync.core.schedule.SyncDueWallets;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.sync.ReadAndRecord;
import io.walletsync.core.sync.SyncObserver;
import io.walletsync.core.sync.SyncTogether;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.ProviderProfiles;
import io.walletsync.server.schedule.ScheduledSyncs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The use cases of the schedule, and the worker behind them. */
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {
  /** Four times what a provider may take: only a dead or very late node is ever taken over. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

  @Bean
  LeaseDueWallets leaseDueWallets(
      SyncQueue queue,
      Connections connections,
      BalanceProviders providers,
      Transactions transactions,
      List<OutageListener> listeners,
      ScheduleObserver observer) {
    return new LeaseDueWallets(
        queue, connections, providers, transactions, RANDOM, listeners, observer, LEASE);
  }

  @Bean
  SyncDueWallets syncDueWallets(
      ReadAndRecord readAndRecord,
      SyncObserver syncObserver,
      SyncQueue queue,
      Transactions transactions,
      List<OutageListener> listeners,
      ScheduleObserver observer) {
    return new SyncDueWallets(
        new SyncTogether(readAndRecord, syncObserver),
        queue,
        transactions,
        RANDOM,
        listeners,
        observer);
  }

  @Bean
  ScheduledSyncs scheduledSyncs(
      LeaseDueWallets leaseDueWallets,
      SyncDueWallets syncDueWallets,
      ProviderProfiles profiles,
      Settings settings) {
    var syncs = new ScheduledSyncs(leaseDueWallets, syncDueWallets);
    if (settings.scheduleEnabled()) {
      profiles.ids().forEach(syncs::begin);
    }
    return syncs;
  }
}
