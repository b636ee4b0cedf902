package io.walletsync.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Difference;
import io.walletsync.core.reconciliation.Reconciliations;
import io.walletsync.core.reconciliation.Reconciliations.Figures;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much waits to be compared or to be settled. A currency is shown from its first difference on.
 */
final class ReconciliationGauges {
  private final MeterRegistry registry;
  private final LookedUp<Figures> figures;
  private final Set<CurrencyCode> shown = ConcurrentHashMap.newKeySet();

  ReconciliationGauges(Reconciliations reconciliations, MeterRegistry registry) {
    this.registry = registry;
    figures =
        new LookedUp<>("the reconciliations", () -> Optional.of(show(reconciliations.figures())));
    Gauge.builder("walletsync.reconciliations.pending", () -> figures.value(Figures::pending))
        .register(registry);
    Gauge.builder("walletsync.reconciliations.open", () -> figures.value(Figures::open))
        .register(registry);
  }

  private Figures show(Figures looked) {
    looked.drift().stream().map(Difference::currency).filter(shown::add).forEach(this::register);
    return looked;
  }

  private void register(CurrencyCode currency) {
    Gauge.builder(
            "walletsync.reconciliations.drift",
            () -> figures.value(looked -> drift(looked, currency)))
        .tag("currency", currency.value())
        .register(registry);
  }

  private static double drift(Figures figures, CurrencyCode currency) {
    return figures.drift().stream()
        .filter(it -> it.currency().equals(currency))
        .mapToDouble(it -> it.value().doubleValue())
        .sum();
  }
}
