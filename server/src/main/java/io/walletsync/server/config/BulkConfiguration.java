package io.walletsync.server.config;

import io.walletsync.core.audit.Auditor;
import io.walletsync.core.bulk.AdvanceSyncRun;
import io.walletsync.core.bulk.CancelSyncRun;
import io.walletsync.core.bulk.HeldChunks;
import io.walletsync.core.bulk.StartSyncRun;
import io.walletsync.core.bulk.SyncRunPolicy;
import io.walletsync.core.bulk.SyncRuns;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.sync.SyncPolicy;
import io.walletsync.core.sync.SyncRequests;
import io.walletsync.core.sync.SyncWallets;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.ProviderProfiles;
import io.walletsync.server.schedule.SyncRunWorker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The use cases of runs over many wallets, and the worker behind them. */
@Configuration(proxyBeanMethods = false)
class BulkConfiguration {
  @Bean
  StartSyncRun startSyncRun(
      SyncRuns runs,
      SyncRequests requests,
      Connections connections,
      ProviderProfiles profiles,
      Transactions transactions,
      Auditor auditor,
      Ids ids) {
    return new StartSyncRun(
        runs, requests, connections, profiles, transactions, auditor, ids, SyncPolicy.STANDARD);
  }

  @Bean
  CancelSyncRun cancelSyncRun(SyncRuns runs, Transactions transactions, Auditor auditor) {
    return new CancelSyncRun(runs, transactions, auditor);
  }

  @Bean
  HeldChunks heldChunks(SyncRuns runs, Transactions transactions) {
    return new HeldChunks(runs, transactions, SyncRunPolicy.STANDARD);
  }

  @Bean
  AdvanceSyncRun advanceSyncRun(
      SyncRuns runs,
      HeldChunks held,
      SyncWallets syncWallets,
      Transactions transactions,
      Auditor auditor) {
    return new AdvanceSyncRun(
        runs, held, syncWallets, transactions, auditor, SyncRunPolicy.STANDARD);
  }

  @Bean
  SyncRunWorker syncRunWorker(SyncRuns runs, AdvanceSyncRun advanceSyncRun, HeldChunks held) {
    return new SyncRunWorker(runs, advanceSyncRun, held);
  }
}
