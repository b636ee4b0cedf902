package io.walletsync.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.bulk.SyncRuns;
import java.util.Optional;

/** How many runs over many wallets go on. */
final class SyncRunGauge {
  SyncRunGauge(SyncRuns runs, MeterRegistry registry) {
    var active = new LookedUp<>("the sync runs", () -> Optional.of(runs.countActive()));
    Gauge.builder("walletsync.sync.runs.active", () -> active.value(Long::doubleValue))
        .register(registry);
  }
}
