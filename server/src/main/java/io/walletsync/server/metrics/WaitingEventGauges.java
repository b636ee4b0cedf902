package io.walletsync.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.event.ProviderEvents;
import io.walletsync.core.event.ProviderEvents.Backlog;
import java.util.Optional;

/** How many events wait and for how long. */
final class WaitingEventGauges {
  WaitingEventGauges(ProviderEvents events, MeterRegistry registry) {
    var backlog = new LookedUp<>("what events wait", () -> Optional.of(events.backlog()));
    Gauge.builder("walletsync.provider.events.waiting", () -> backlog.value(Backlog::waiting))
        .register(registry);
    Gauge.builder(
            "walletsync.provider.events.oldest.waiting",
            () -> backlog.value(WaitingEventGauges::oldestSeconds))
        .baseUnit("seconds")
        .register(registry);
  }

  /** Zero where none waits: then nothing is late. */
  private static double oldestSeconds(Backlog backlog) {
    return backlog.oldest() == null ? 0 : backlog.oldest().toMillis() / 1000.0;
  }
}
