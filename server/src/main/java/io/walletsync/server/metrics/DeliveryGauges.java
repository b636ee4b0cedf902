package io.walletsync.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.delivery.Deliveries;
import io.walletsync.core.delivery.Deliveries.Figures;
import io.walletsync.core.delivery.ReadFanOutLag;
import java.time.Duration;
import java.util.Optional;

/** How much is to be told, and how late. */
final class DeliveryGauges {
  DeliveryGauges(Deliveries deliveries, ReadFanOutLag readFanOutLag, MeterRegistry registry) {
    var figures = new LookedUp<Figures>("the deliveries", () -> Optional.of(deliveries.figures()));
    var lag =
        new LookedUp<Duration>(
            "how far the outbox is read", () -> Optional.of(readFanOutLag.read()));
    Gauge.builder(
            "walletsync.notifications.waiting", () -> figures.value(it -> (double) it.waiting()))
        .register(registry);
    Gauge.builder(
            "walletsync.notifications.paused", () -> figures.value(it -> (double) it.paused()))
        .register(registry);
    Gauge.builder("walletsync.notifications.dead", () -> figures.value(it -> (double) it.dead()))
        .register(registry);
    Gauge.builder(
            "walletsync.notifications.delivery.lag.seconds",
            () -> figures.value(it -> seconds(it.longestDue())))
        .register(registry);
    Gauge.builder(
            "walletsync.notifications.outbox.lag.seconds", () -> lag.value(DeliveryGauges::seconds))
        .register(registry);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }
}
