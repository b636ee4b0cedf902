package io.walletsync.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.alert.AlertObserver;
import io.walletsync.core.alert.Alerts;
import io.walletsync.core.balance.BalanceFreshness;
import io.walletsync.core.balance.QuarantinedReadings;
import io.walletsync.core.bulk.SyncRuns;
import io.walletsync.core.delivery.Deliveries;
import io.walletsync.core.delivery.DeliveryObserver;
import io.walletsync.core.delivery.ReadFanOutLag;
import io.walletsync.core.event.EventObserver;
import io.walletsync.core.event.ProviderEvents;
import io.walletsync.core.movement.MovementFeed;
import io.walletsync.core.movement.MovementFindings;
import io.walletsync.core.movement.MovementImports;
import io.walletsync.core.movement.MovementObserver;
import io.walletsync.core.payout.Reservations;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.publishing.MeasurePublishLag;
import io.walletsync.core.publishing.PublishObserver;
import io.walletsync.core.reconciliation.Reconciliations;
import io.walletsync.core.retention.RetentionObserver;
import io.walletsync.core.retention.RetentionTicks;
import io.walletsync.core.schedule.ScheduleObserver;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.sync.SyncObserver;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers what counts and times. */
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {
  @Bean
  SyncObserver syncObserver(MeterRegistry registry) {
    return new MeteredSyncs(registry);
  }

  /** Puts the stop-watch around a provider adapter. */
  @Bean
  UnaryOperator<BalanceProvider> metering(MeterRegistry registry) {
    return provider -> new MeteredBalanceProvider(provider, registry);
  }

  @Bean
  QuarantineGauge quarantineGauge(QuarantinedReadings readings, MeterRegistry registry) {
    return new QuarantineGauge(readings, registry);
  }

  @Bean
  ReconciliationGauges reconciliationGauges(
      Reconciliations reconciliations, MeterRegistry registry) {
    return new ReconciliationGauges(reconciliations, registry);
  }

  @Bean
  ReservationGauges reservationGauges(Reservations reservations, MeterRegistry registry) {
    return new ReservationGauges(reservations, registry);
  }

  @Bean
  AlertObserver alertObserver(MeterRegistry registry) {
    return new MeteredAlerts(registry);
  }

  @Bean
  AlertGauges alertGauges(Alerts alerts, MeterRegistry registry) {
    return new AlertGauges(alerts, registry);
  }

  @Bean
  SyncRunGauge syncRunGauge(SyncRuns runs, MeterRegistry registry) {
    return new SyncRunGauge(runs, registry);
  }

  @Bean
  BalanceAgeGauges balanceAgeGauges(BalanceFreshness freshness, MeterRegistry registry) {
    return new BalanceAgeGauges(freshness, registry);
  }

  @Bean
  EventObserver eventObserver(MeterRegistry registry) {
    return new MeteredEvents(registry);
  }

  @Bean
  ScheduleObserver scheduleObserver(MeterRegistry registry) {
    return new MeteredSchedule(registry);
  }

  @Bean
  OverdueGauge overdueGauge(SyncQueue queue, MeterRegistry registry) {
    return new OverdueGauge(queue, registry);
  }

  @Bean
  RetentionObserver retentionObserver(MeterRegistry registry) {
    return new MeteredRetention(registry);
  }

  @Bean
  DeliveryObserver deliveryObserver(MeterRegistry registry) {
    return new MeteredDeliveries(registry);
  }

  @Bean
  DeliveryGauges deliveryGauges(
      Deliveries deliveries, ReadFanOutLag readFanOutLag, MeterRegistry registry) {
    return new DeliveryGauges(deliveries, readFanOutLag, registry);
  }

  @Bean
  RetentionAgeGauges retentionAgeGauges(RetentionTicks ticks, MeterRegistry registry) {
    return new RetentionAgeGauges(ticks, registry);
  }

  @Bean
  WaitingEventGauges waitingEventGauges(ProviderEvents events, MeterRegistry registry) {
    return new WaitingEventGauges(events, registry);
  }

  @Bean
  MovementObserver movementObserver(MeterRegistry registry) {
    return new MeteredMovements(registry);
  }

  /** Puts the stop-watch around a feed. */
  @Bean
  UnaryOperator<MovementFeed> meteringOfFeeds(MeterRegistry registry) {
    return feed -> new MeteredMovementFeed(feed, registry);
  }

  @Bean
  MovementGauges movementGauges(
      MovementFindings findings, MovementImports imports, MeterRegistry registry) {
    return new MovementGauges(findings, imports, registry);
  }

  @Bean
  PublishObserver publishObserver(ObjectProvider<MeasurePublishLag> lag, MeterRegistry registry) {
    return new MeteredPublishing(() -> Optional.ofNullable(lag.getIfAvailable()), registry);
  }
}
