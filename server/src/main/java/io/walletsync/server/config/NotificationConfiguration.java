package io.walletsync.server.config;

import io.walletsync.core.audit.Auditor;
import io.walletsync.core.channel.Sender;
import io.walletsync.core.channel.Senders;
import io.walletsync.core.channel.TargetRules;
import io.walletsync.core.delivery.DeliverNotifications;
import io.walletsync.core.delivery.Deliveries;
import io.walletsync.core.delivery.DeliveryObserver;
import io.walletsync.core.delivery.FanOutEvents;
import io.walletsync.core.delivery.GiveUpPaused;
import io.walletsync.core.delivery.PingSubscription;
import io.walletsync.core.delivery.ReadFanOutLag;
import io.walletsync.core.delivery.ReplayDelivery;
import io.walletsync.core.delivery.ReplayEvents;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Bookmarks;
import io.walletsync.core.notification.EventFormat;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.subscription.ChangeSubscription;
import io.walletsync.core.subscription.CreateSubscription;
import io.walletsync.core.subscription.CreateSubscriptionOnce;
import io.walletsync.core.subscription.EnableSubscription;
import io.walletsync.core.subscription.RemoveSubscription;
import io.walletsync.core.subscription.RotateWebhookSecret;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.core.sync.SyncPolicy;
import io.walletsync.core.sync.SyncRequests;
import io.walletsync.core.wallet.Wallets;
import io.walletsync.server.mail.OutgoingMail;
import io.walletsync.server.schedule.DeliveryLanes;
import io.walletsync.server.schedule.EventFanOut;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The use cases of who is told what happens, and the workers behind them. */
@Configuration(proxyBeanMethods = false)
class NotificationConfiguration {
  private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

  @Bean
  TargetRules targetRules(Settings settings) {
    return settings.messaging().targets();
  }

  @Bean
  OutgoingMail outgoingMail(Settings settings) {
    return settings.messaging().mail();
  }

  @Bean
  Senders senders(List<Sender> senders) {
    return new Senders(senders);
  }

  @Bean
  CreateSubscription createSubscription(
      Subscriptions subscriptions,
      Outbox outbox,
      Senders senders,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    return new CreateSubscription(
        subscriptions, outbox, senders, transactions, auditor, ids, clock);
  }

  @Bean
  CreateSubscriptionOnce createSubscriptionOnce(
      CreateSubscription createSubscription,
      Subscriptions subscriptions,
      SyncRequests requests,
      Transactions transactions,
      SyncPolicy policy) {
    return new CreateSubscriptionOnce(
        createSubscription, subscriptions, requests, transactions, policy);
  }

  @Bean
  ChangeSubscription changeSubscription(
      Subscriptions subscriptions,
      Transactions transactions,
      Auditor auditor,
      InstantSource clock) {
    return new ChangeSubscription(subscriptions, transactions, auditor, clock);
  }

  @Bean
  EnableSubscription enableSubscription(
      Subscriptions subscriptions,
      Transactions transactions,
      Auditor auditor,
      InstantSource clock) {
    return new EnableSubscription(subscriptions, transactions, auditor, clock);
  }

  @Bean
  RemoveSubscription removeSubscription(
      Subscriptions subscriptions, Transactions transactions, Auditor auditor) {
    return new RemoveSubscription(subscriptions, transactions, auditor);
  }

  @Bean
  RotateWebhookSecret rotateWebhookSecret(
      Subscriptions subscriptions,
      Transactions transactions,
      Auditor auditor,
      InstantSource clock) {
    return new RotateWebhookSecret(subscriptions, transactions, auditor, clock);
  }

  @Bean
  PingSubscription pingSubscription(
      Subscriptions subscriptions,
      Senders senders,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    return new PingSubscription(subscriptions, senders, transactions, auditor, ids, clock);
  }

  @Bean
  ReplayDelivery replayDelivery(
      Subscriptions subscriptions,
      Deliveries deliveries,
      Transactions transactions,
      Auditor auditor) {
    return new ReplayDelivery(subscriptions, deliveries, transactions, auditor);
  }

  @Bean
  ReplayEvents replayEvents(
      Subscriptions subscriptions,
      Deliveries deliveries,
      Outbox outbox,
      Wallets wallets,
      EventFormat format,
      Transactions transactions,
      Auditor auditor) {
    return new ReplayEvents(
        subscriptions, deliveries, outbox, wallets, format, transactions, auditor);
  }

  @Bean
  FanOutEvents fanOutEvents(
      Outbox outbox,
      Bookmarks bookmarks,
      Subscriptions subscriptions,
      Deliveries deliveries,
      Wallets wallets,
      EventFormat format,
      Transactions transactions) {
    return new FanOutEvents(
        outbox, bookmarks, subscriptions, deliveries, wallets, format, transactions);
  }

  @Bean
  ReadFanOutLag readFanOutLag(Outbox outbox, Bookmarks bookmarks, InstantSource clock) {
    return new ReadFanOutLag(outbox, bookmarks, clock);
  }

  /** Closed after the lanes that send on it. */
  @Bean
  ExecutorService sendingThreads() {
    return Executors.newVirtualThreadPerTaskExecutor();
  }

  @Bean
  DeliverNotifications deliverNotifications(
      Subscriptions subscriptions,
      Deliveries deliveries,
      Senders senders,
      Transactions transactions,
      Auditor auditor,
      Settings settings,
      DeliveryObserver observer,
      @Qualifier("sendingThreads") ExecutorService threads,
      InstantSource clock) {
    return new DeliverNotifications(
        subscriptions,
        deliveries,
        senders,
        transactions,
        auditor,
        settings.messaging().retries(),
        observer,
        threads,
        RANDOM,
        clock);
  }

  @Bean
  RecurringTasks.More givingUp(Deliveries deliveries) {
    var giveUpPaused = new GiveUpPaused(deliveries);
    return new RecurringTasks.More(
        List.of(
            new RecurringTasks.Task(
                "give_up_paused_deliveries",
                isStopping -> giveUpPaused.giveUp(new GiveUpPaused.Command(isStopping)))));
  }

  @Bean
  EventFanOut eventFanOut(FanOutEvents fanOutEvents) {
    return new EventFanOut(fanOutEvents);
  }

  @Bean
  DeliveryLanes deliveryLanes(Deliveries deliveries, DeliverNotifications deliverNotifications) {
    return new DeliveryLanes(deliveries, deliverNotifications);
  }
}
