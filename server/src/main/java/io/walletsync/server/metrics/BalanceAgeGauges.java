package io.walletsync.server.metrics;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.balance.BalanceFreshness;
import io.walletsync.core.balance.BalanceFreshness.Ages;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How old confirmed balances are, looked up at most every 15 s however often it is scraped. */
final class BalanceAgeGauges {
  private static final Logger LOG = LoggerFactory.getLogger(BalanceAgeGauges.class);
  private static final Duration LOOKED_UP_EVERY = Duration.ofSeconds(15);

  private final LoadingCache<String, Optional<Ages>> ages;

  BalanceAgeGauges(BalanceFreshness freshness, MeterRegistry registry) {
    ages = Caffeine.newBuilder().expireAfterWrite(LOOKED_UP_EVERY).build(_ -> lookUp(freshness));
    gauge(registry, "1", Ages::oldest);
    gauge(registry, "0.99", Ages::percentile99);
  }

  private void gauge(MeterRegistry registry, String quantile, Function<Ages, Duration> age) {
    Gauge.builder("walletsync.balance.age", () -> seconds(age))
        .tag("quantile", quantile)
        .baseUnit("seconds")
        .register(registry);
  }

  /** What cannot be looked up is not looked up again at once: a scrape has little time. */
  private static Optional<Ages> lookUp(BalanceFreshness freshness) {
    try {
      return freshness.ages();
    } catch (RuntimeException e) {
      LOG.warn("Cannot look up the age of balances: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Not a number where nothing is confirmed or the database cannot say: unknown is not zero. */
  private double seconds(Function<Ages, Duration> age) {
    return ages.get("ages").map(age).map(it -> it.toMillis() / 1000.0).orElse(Double.NaN);
  }
}
