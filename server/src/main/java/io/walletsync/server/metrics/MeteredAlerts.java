package io.walletsync.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.walletsync.core.alert.AlertObserver;
import io.walletsync.core.rule.AlertKind;
import java.time.Duration;

/** Times the judging of changed balances and counts rules that cannot be evaluated. */
final class MeteredAlerts implements AlertObserver {
  private final MeterRegistry registry;
  private final Timer evaluations;

  MeteredAlerts(MeterRegistry registry) {
    this.registry = registry;
    evaluations =
        Timer.builder("walletsync.alert.evaluation.duration")
            .serviceLevelObjectives(Buckets.OF_A_STATEMENT)
            .register(registry);
    for (var kind : AlertKind.values()) {
      count(kind, 0);
    }
  }

  @Override
  public void evaluated(Duration took) {
    evaluations.record(took);
  }

  @Override
  public void failed(AlertKind kind) {
    count(kind, 1);
  }

  private void count(AlertKind kind, int errors) {
    registry.counter("walletsync.alert.evaluation.errors", "kind", kind.code()).increment(errors);
  }
}
