package io.walletsync.server.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.walletsync.core.schedule.ScheduleObserver;
import io.walletsync.core.wallet.ProviderId;
import java.time.Duration;

/** Counts and times what the schedule leases. */
final class MeteredSchedule implements ScheduleObserver {
  private final MeterRegistry registry;

  MeteredSchedule(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void leased(ProviderId provider, int wallets, int takenOver, Duration took) {
    Timer.builder("walletsync.schedule.lease.duration")
        .tags("provider", provider.value())
        .serviceLevelObjectives(Buckets.OF_A_STATEMENT)
        .register(registry)
        .record(took);
    DistributionSummary.builder("walletsync.schedule.lease.wallets")
        .tags("provider", provider.value())
        .register(registry)
        .record(wallets);
    registry
        .counter("walletsync.schedule.takeovers", "provider", provider.value())
        .increment(takenOver);
  }

  @Override
  public void putOff(ProviderId provider, int wallets) {
    registry
        .counter("walletsync.schedule.put.off", "provider", provider.value())
        .increment(wallets);
  }
}
