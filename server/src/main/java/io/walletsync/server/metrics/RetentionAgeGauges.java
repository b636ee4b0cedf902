package io.walletsync.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.retention.Perishable;
import io.walletsync.core.retention.RetentionTicks;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How long ago each kind was last forgotten; until the first time, since this node has been up. */
final class RetentionAgeGauges {
  private final long begun = System.nanoTime();

  RetentionAgeGauges(RetentionTicks ticks, MeterRegistry registry) {
    var ages = new LookedUp<>("the retention", () -> Optional.of(ticks.sinceLast()));
    for (var kind : Perishable.values()) {
      Gauge.builder("walletsync.retention.age", () -> ages.value(all -> seconds(all, kind)))
          .tag("kind", kind.label())
          .baseUnit("seconds")
          .register(registry);
    }
  }

  private double seconds(Map<Perishable, Duration> ages, Perishable kind) {
    var age = ages.getOrDefault(kind, Duration.ofNanos(System.nanoTime() - begun));
    return age.toMillis() / 1000.0;
  }
}
