package io.walletsync.server.config;

import io.walletsync.core.audit.Auditor;
import io.walletsync.core.event.EarlySyncPolicy;
import io.walletsync.core.event.EventLanes;
import io.walletsync.core.event.EventObserver;
import io.walletsync.core.event.InboxCap;
import io.walletsync.core.event.ProviderEvents;
import io.walletsync.core.event.ReceiveProviderEvent;
import io.walletsync.core.event.RefusedDeliveries;
import io.walletsync.core.event.ReplayFailedEvents;
import io.walletsync.core.event.ReplayProviderEvent;
import io.walletsync.core.event.SyncAfterEvents;
import io.walletsync.core.event.WebhookReader;
import io.walletsync.core.event.WebhookReaders;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.sync.SyncWallets;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallets;
import io.walletsync.server.schedule.EarlySyncs;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The use cases of what providers announce, and the worker behind them. */
@Configuration(proxyBeanMethods = false)
class EventConfiguration {
  @Bean
  WebhookReaders webhookReaders(ObjectProvider<WebhookReader> readers) {
    return new WebhookReaders(readers.orderedStream().toList());
  }

  @Bean
  InboxCap inboxCap(ProviderEvents events) {
    return InboxCap.standard(events);
  }

  @Bean
  RefusedDeliveries refusedDeliveries(
      Auditor auditor, Transactions transactions, InstantSource clock) {
    return new RefusedDeliveries(auditor, transactions, clock);
  }

  @Bean
  ReceiveProviderEvent receiveProviderEvent(
      WebhookReaders readers,
      Connections connections,
      ProviderEvents events,
      EventLanes lanes,
      InboxCap cap,
      RefusedDeliveries refused,
      Transactions transactions,
      Ids ids,
      EventObserver observer) {
    return new ReceiveProviderEvent(
        readers, connections, events, lanes, cap, refused, transactions, ids, observer);
  }

  @Bean
  SyncAfterEvents syncAfterEvents(
      EventLanes lanes,
      Connections connections,
      Wallets wallets,
      SyncWallets syncWallets,
      SyncQueue queue,
      Transactions transactions,
      EventObserver observer) {
    return new SyncAfterEvents(
        lanes,
        connections,
        wallets,
        syncWallets,
        queue,
        transactions,
        observer,
        EarlySyncPolicy.STANDARD);
  }

  @Bean
  EarlySyncs earlySyncs(EventLanes lanes, SyncAfterEvents syncAfterEvents) {
    return new EarlySyncs(lanes, syncAfterEvents, EarlySyncPolicy.STANDARD);
  }

  @Bean
  ReplayProviderEvent replayProviderEvent(
      ProviderEvents events,
      Connections connections,
      WebhookReaders readers,
      Transactions transactions,
      Auditor auditor) {
    return new ReplayProviderEvent(events, connections, readers, transactions, auditor);
  }

  @Bean
  ReplayFailedEvents replayFailedEvents(
      ProviderEvents events, Connections connections, Transactions transactions, Auditor auditor) {
    return new ReplayFailedEvents(events, connections, transactions, auditor);
  }
}
