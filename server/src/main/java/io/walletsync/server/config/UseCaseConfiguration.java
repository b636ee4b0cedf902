package io.walletsync.server.config;

import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceListener;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.QuarantinedReadings;
import io.walletsync.core.balance.ReadBalance;
import io.walletsync.core.balance.RecordBalances;
import io.walletsync.core.balance.RecordTogether;
import io.walletsync.core.balance.SettleQuarantinedReading;
import io.walletsync.core.balance.Settlements;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.AnnounceChanges;
import io.walletsync.core.notification.AnnounceDifferences;
import io.walletsync.core.notification.AnnounceOutages;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.provider.BalanceProviders;
import io.walletsync.core.provider.CallAllowances;
import io.walletsync.core.provider.CheckConnection;
import io.walletsync.core.provider.DiscoverWallets;
import io.walletsync.core.provider.ReadCallBudgets;
import io.walletsync.core.provider.RegisteredWallets;
import io.walletsync.core.provider.ReplaceCredentials;
import io.walletsync.core.reconciliation.DifferenceListener;
import io.walletsync.core.schedule.OutageListener;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.schedule.TurnSettlement;
import io.walletsync.core.sync.AbandonedClaims;
import io.walletsync.core.sync.ReadAndRecord;
import io.walletsync.core.sync.RequestSettlement;
import io.walletsync.core.sync.SharedCalls;
import io.walletsync.core.sync.SyncObserver;
import io.walletsync.core.sync.SyncPolicy;
import io.walletsync.core.sync.SyncRequests;
import io.walletsync.core.sync.SyncWalletBalance;
import io.walletsync.core.sync.SyncWallets;
import io.walletsync.core.wallet.AddConnection;
import io.walletsync.core.wallet.ChangeConnection;
import io.walletsync.core.wallet.ChangeWallet;
import io.walletsync.core.wallet.CloseWallet;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.ProviderProfiles;
import io.walletsync.core.wallet.RegisterWallet;
import io.walletsync.core.wallet.RemoveConnection;
import io.walletsync.core.wallet.WalletClosures;
import io.walletsync.core.wallet.Wallets;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The use cases, each given the ports it needs. */
@Configuration(proxyBeanMethods = false)
class UseCaseConfiguration {
  @Bean
  BalanceProviders balanceProviders(
      List<BalanceProvider> providers, UnaryOperator<BalanceProvider> metering) {
    return new BalanceProviders(providers.stream().map(metering).toList());
  }

  @Bean
  ProviderProfiles providerProfiles(BalanceProviders providers) {
    return providers.profiles();
  }

  @Bean
  AddConnection addConnection(
      Connections connections,
      ProviderProfiles profiles,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    return new AddConnection(connections, profiles, transactions, auditor, ids, clock);
  }

  @Bean
  ChangeConnection changeConnection(
      Connections connections, Transactions transactions, Auditor auditor) {
    return new ChangeConnection(connections, transactions, auditor);
  }

  @Bean
  ReadCallBudgets readCallBudgets(CallAllowances allowances, ProviderProfiles profiles) {
    return new ReadCallBudgets(allowances, profiles);
  }

  @Bean
  RemoveConnection removeConnection(
      Connections connections,
      Wallets wallets,
      Transactions transactions,
      Auditor auditor,
      InstantSource clock) {
    return new RemoveConnection(connections, wallets, transactions, auditor, clock);
  }

  @Bean
  RegisteredWallets registeredWallets(Wallets wallets) {
    return new RegisteredWallets(wallets);
  }

  @Bean
  CheckConnection checkConnection(
      Connections connections,
      RegisteredWallets registered,
      BalanceProviders providers,
      Transactions transactions,
      Auditor auditor) {
    return new CheckConnection(
        connections,
        registered,
        providers,
        transactions,
        auditor,
        SyncPolicy.STANDARD.providerDeadline());
  }

  @Bean
  DiscoverWallets discoverWallets(
      Connections connections,
      RegisteredWallets registered,
      BalanceProviders providers,
      RegisterWallet registerWallet) {
    return new DiscoverWallets(
        connections, registered, providers, registerWallet, SyncPolicy.STANDARD.providerDeadline());
  }

  @Bean
  ReplaceCredentials replaceCredentials(
      Connections connections,
      RegisteredWallets registered,
      BalanceProviders providers,
      Transactions transactions,
      Auditor auditor) {
    return new ReplaceCredentials(
        connections,
        registered,
        providers,
        transactions,
        auditor,
        SyncPolicy.STANDARD.providerDeadline());
  }

  @Bean
  RegisterWallet registerWallet(
      Wallets wallets,
      WalletClosures closures,
      Connections connections,
      ProviderProfiles profiles,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    return new RegisterWallet(
        wallets, closures, connections, profiles, transactions, auditor, ids, clock);
  }

  @Bean
  ChangeWallet changeWallet(
      Wallets wallets, Transactions transactions, Auditor auditor, InstantSource clock) {
    return new ChangeWallet(wallets, transactions, auditor, clock);
  }

  @Bean
  CloseWallet closeWallet(
      Wallets wallets, Transactions transactions, Auditor auditor, InstantSource clock) {
    return new CloseWallet(wallets, transactions, auditor, clock);
  }

  @Bean
  RecordBalances recordBalances(
      BalanceSnapshots snapshots,
      QuarantinedReadings quarantine,
      SyncRequests requests,
      SyncQueue queue,
      List<BalanceListener> listeners,
      List<OutageListener> outageListeners,
      Transactions transactions,
      Auditor auditor,
      Ids ids) {
    return new RecordBalances(
        snapshots,
        quarantine,
        new Settlements(
            List.of(new RequestSettlement(requests), new TurnSettlement(queue, outageListeners))),
        listeners,
        transactions,
        auditor,
        ids);
  }

  @Bean
  BalanceListener announceChanges(Outbox outbox, Ids ids) {
    return new AnnounceChanges(outbox, ids);
  }

  @Bean
  OutageListener announceOutages(Outbox outbox, Ids ids) {
    return new AnnounceOutages(outbox, ids);
  }

  @Bean
  DifferenceListener announceDifferences(Outbox outbox, Ids ids) {
    return new AnnounceDifferences(outbox, ids);
  }

  @Bean
  SettleQuarantinedReading settleQuarantinedReading(
      QuarantinedReadings readings,
      BalanceSnapshots snapshots,
      RecordBalances recordBalances,
      Transactions transactions,
      Auditor auditor) {
    return new SettleQuarantinedReading(readings, snapshots, recordBalances, transactions, auditor);
  }

  @Bean
  ReadBalance readBalance(BalanceSnapshots snapshots) {
    return new ReadBalance(snapshots);
  }

  @Bean
  SyncPolicy syncPolicy(Settings settings) {
    return SyncPolicy.STANDARD.keeping(settings.retention().idempotency());
  }

  @Bean
  AbandonedClaims abandonedClaims(
      SyncRequests requests, Transactions transactions, Auditor auditor, SyncPolicy policy) {
    return new AbandonedClaims(requests, transactions, auditor, policy);
  }

  @Bean
  ReadAndRecord readAndRecord(
      BalanceProviders providers,
      RecordBalances recordBalances,
      Transactions transactions,
      SyncObserver observer) {
    return new ReadAndRecord(
        new SharedCalls(providers),
        new RecordTogether(recordBalances, transactions),
        observer,
        SyncPolicy.STANDARD);
  }

  @Bean
  SyncWallets syncWallets(
      Connections connections, ReadAndRecord readAndRecord, SyncObserver observer) {
    return new SyncWallets(connections, readAndRecord, observer);
  }

  @Bean
  SyncWalletBalance syncWalletBalance(
      Wallets wallets,
      Connections connections,
      ReadAndRecord readAndRecord,
      SyncRequests requests,
      AbandonedClaims abandonedClaims,
      Transactions transactions,
      Auditor auditor,
      SyncObserver observer,
      SyncPolicy policy) {
    return new SyncWalletBalance(
        wallets,
        connections,
        readAndRecord,
        requests,
        abandonedClaims,
        transactions,
        auditor,
        observer,
        policy);
  }
}
