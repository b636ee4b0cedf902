package io.walletsync.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.publishing.MeasurePublishLag;
import io.walletsync.core.publishing.PublishObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Counts what a topic was sent, and shows how far it is behind. */
final class MeteredPublishing implements PublishObserver {
  private final Counter published;
  private final Counter failures;

  /**
   * Counts from zero.
   *
   * @param lag empty where nothing is published
   */
  MeteredPublishing(Supplier<Optional<MeasurePublishLag>> lag, MeterRegistry registry) {
    published = registry.counter("walletsync.events.published");
    failures = registry.counter("walletsync.event.publish.failures");
    var behind =
        new LookedUp<>(
            "how far publishing is behind", () -> lag.get().flatMap(MeasurePublishLag::measure));
    Gauge.builder("walletsync.event.publish.lag", () -> behind.value(MeteredPublishing::seconds))
        .baseUnit("seconds")
        .register(registry);
  }

  private static double seconds(Duration lag) {
    return lag.toMillis() / 1_000.0;
  }

  @Override
  public void published(int events) {
    published.increment(events);
  }

  @Override
  public void failed() {
    failures.increment();
  }
}
