package io.walletsync.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.balance.QuarantinedReadings;
import java.util.Optional;

/** How many readings wait in quarantine. */
final class QuarantineGauge {
  QuarantineGauge(QuarantinedReadings readings, MeterRegistry registry) {
    var open =
        new LookedUp<>("the readings in quarantine", () -> Optional.of(readings.countOpen()));
    Gauge.builder("walletsync.quarantined.readings", () -> open.value(Long::doubleValue))
        .register(registry);
  }
}
