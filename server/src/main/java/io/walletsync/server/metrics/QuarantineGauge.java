package io.walletsync.server.metrics;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.balance.QuarantinedReadings;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many readings wait in quarantine, looked up at most every 15 s however often scraped. */
final class QuarantineGauge {
  private static final Logger LOG = LoggerFactory.getLogger(QuarantineGauge.class);
  private static final Duration LOOKED_UP_EVERY = Duration.ofSeconds(15);

  QuarantineGauge(QuarantinedReadings readings, MeterRegistry registry) {
    LoadingCache<String, Double> open =
        Caffeine.newBuilder().expireAfterWrite(LOOKED_UP_EVERY).build(_ -> count(readings));
    Gauge.builder("walletsync.quarantined.readings", () -> open.get("open")).register(registry);
  }

  /** Not a number where the database cannot say: unknown is not zero. */
  private static Double count(QuarantinedReadings readings) {
    try {
      return (double) readings.countOpen();
    } catch (RuntimeException e) {
      LOG.warn("Cannot count the readings in quarantine: {}", e.getMessage());
      return Double.NaN;
    }
  }
}
