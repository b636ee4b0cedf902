package io.walletsync.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.alert.Alerts;
import io.walletsync.core.alert.Alerts.Figure;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.Severity;
import java.util.List;
import java.util.Optional;

/** How many alerts are not resolved, by what they are about and how urgent they are. */
final class AlertGauges {
  AlertGauges(Alerts alerts, MeterRegistry registry) {
    var figures = new LookedUp<List<Figure>>("the alerts", () -> Optional.of(alerts.figures()));
    for (var kind : AlertKind.values()) {
      for (var severity : Severity.values()) {
        Gauge.builder(
                "walletsync.alerts.unresolved",
                () -> figures.value(looked -> count(looked, kind, severity)))
            .tag("kind", kind.code())
            .tag("severity", severity.code())
            .register(registry);
      }
    }
  }

  private static double count(List<Figure> figures, AlertKind kind, Severity severity) {
    return figures.stream()
        .filter(it -> it.kind() == kind && it.severity() == severity)
        .mapToLong(Figure::unresolved)
        .sum();
  }
}
