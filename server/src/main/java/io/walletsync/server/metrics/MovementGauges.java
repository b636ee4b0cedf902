package io.walletsync.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.movement.MovementFindings;
import io.walletsync.core.movement.MovementFindings.Figures;
import io.walletsync.core.movement.MovementImports;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the check of all movements found, and how old the oldest import is. A currency has a gauge
 * from the first time that something in it is unexplained.
 */
final class MovementGauges {
  private final MovementFindings findings;
  private final MeterRegistry registry;
  private final Set<CurrencyCode> shown = ConcurrentHashMap.newKeySet();
  private final LookedUp<Figures> figures;

  MovementGauges(MovementFindings findings, MovementImports imports, MeterRegistry registry) {
    this.findings = findings;
    this.registry = registry;
    figures = new LookedUp<>("what movements do not explain", this::lookUp);
    Gauge.builder("walletsync.movement.holes", () -> figures.value(Figures::holes))
        .register(registry);
    Gauge.builder(
            "walletsync.unexplained.wallets", () -> figures.value(Figures::walletsUnexplained))
        .register(registry);
    var oldest = new LookedUp<>("the oldest import of movements", imports::oldest);
    Gauge.builder(
            "walletsync.movement.import.age", () -> oldest.value(age -> age.toMillis() / 1000.0))
        .baseUnit("seconds")
        .register(registry);
  }

  private Optional<Figures> lookUp() {
    var found = findings.figures();
    found.unexplained().keySet().stream().filter(shown::add).forEach(this::show);
    return Optional.of(found);
  }

  private void show(CurrencyCode currency) {
    Gauge.builder(
            "walletsync.unexplained.amount",
            () ->
                figures.value(
                    found ->
                        found.unexplained().getOrDefault(currency, BigDecimal.ZERO).doubleValue()))
        .tag("currency", currency.value())
        .register(registry);
  }
}
