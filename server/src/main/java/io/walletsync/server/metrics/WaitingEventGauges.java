package io.walletsync.server.metrics;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.event.ProviderEvents;
import io.walletsync.core.event.ProviderEvents.Backlog;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many events wait and for how long, looked up at most every 15 s. */
final class WaitingEventGauges {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingEventGauges.class);
  private static final Duration LOOKED_UP_EVERY = Duration.ofSeconds(15);

  private final LoadingCache<String, Optional<Backlog>> backlog;

  WaitingEventGauges(ProviderEvents events, MeterRegistry registry) {
    backlog = Caffeine.newBuilder().expireAfterWrite(LOOKED_UP_EVERY).build(_ -> lookUp(events));
    Gauge.builder("walletsync.provider.events.waiting", () -> value(Backlog::waiting))
        .register(registry);
    Gauge.builder(
            "walletsync.provider.events.oldest.waiting",
            () -> value(WaitingEventGauges::oldestSeconds))
        .baseUnit("seconds")
        .register(registry);
  }

  /** Zero where none waits: then nothing is late. */
  private static double oldestSeconds(Backlog backlog) {
    return backlog.oldest() == null ? 0 : backlog.oldest().toMillis() / 1000.0;
  }

  private static Optional<Backlog> lookUp(ProviderEvents events) {
    try {
      return Optional.of(events.backlog());
    } catch (RuntimeException e) {
      LOG.warn("Cannot look up what events wait: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Not a number where the database cannot say. */
  private double value(ToDoubleFunction<Backlog> part) {
    return backlog.get("backlog").map(part::applyAsDouble).orElse(Double.NaN);
  }
}
