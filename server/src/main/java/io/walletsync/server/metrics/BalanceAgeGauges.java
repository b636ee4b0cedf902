package io.walletsync.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.balance.BalanceFreshness;
import io.walletsync.core.balance.BalanceFreshness.Ages;
import java.time.Duration;
import java.util.function.Function;

/** How old confirmed balances are. */
final class BalanceAgeGauges {
  private final LookedUp<Ages> ages;

  BalanceAgeGauges(BalanceFreshness freshness, MeterRegistry registry) {
    ages = new LookedUp<>("the age of balances", freshness::ages);
    gauge(registry, "1", Ages::oldest);
    gauge(registry, "0.99", Ages::percentile99);
  }

  private void gauge(MeterRegistry registry, String quantile, Function<Ages, Duration> age) {
    Gauge.builder(
            "walletsync.balance.age", () -> ages.value(it -> age.apply(it).toMillis() / 1000.0))
        .tag("quantile", quantile)
        .baseUnit("seconds")
        .register(registry);
  }
}
