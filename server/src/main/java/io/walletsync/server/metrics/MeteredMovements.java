package io.walletsync.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.movement.FetchMovements.Outcome;
import io.walletsync.core.movement.MovementObserver;
import io.walletsync.core.wallet.ProviderId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts rounds of imports and what they brought. */
final class MeteredMovements implements MovementObserver {
  private static final Logger LOG = LoggerFactory.getLogger(MeteredMovements.class);

  private final MeterRegistry registry;

  MeteredMovements(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void ended(ProviderId provider, Outcome outcome, int movements) {
    registry
        .counter("walletsync.movements.imported", "provider", provider.value())
        .increment(movements);
    registry
        .counter(
            "walletsync.movement.import.rounds",
            "provider",
            provider.value(),
            "outcome",
            outcome.label())
        .increment();
  }

  @Override
  public void broke(RuntimeException cause) {
    LOG.warn("An import of movements broke: {}", cause.getMessage());
  }
}
