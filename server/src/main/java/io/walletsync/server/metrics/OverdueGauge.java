package io.walletsync.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.schedule.SyncQueue;
import java.time.Duration;
import java.util.Optional;

/** How many wallets the schedule is behind with. */
final class OverdueGauge {
  /** So long a wallet may be due before that is worth telling. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  OverdueGauge(SyncQueue queue, MeterRegistry registry) {
    var overdue =
        new LookedUp<>(
            "the wallets that are overdue", () -> Optional.of(queue.countOverdue(GRACE)));
    Gauge.builder("walletsync.sync.overdue.wallets", () -> overdue.value(Long::doubleValue))
        .register(registry);
  }
}
