package io.walletsync.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.walletsync.core.balance.BalanceFreshness;
import io.walletsync.core.balance.BalanceFreshness.Ages;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BalanceAgeGaugesTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void tellsSeconds() {
    gauges(() -> Optional.of(new Ages(Duration.ofMinutes(2), Duration.ofMillis(1_500))));

    assertThat(value("1")).isEqualTo(120);
    assertThat(value("0.99")).isEqualTo(1.5);
  }

  @Test
  void whatIsNotKnownIsNotZero() {
    gauges(Optional::empty);

    assertThat(value("1")).isNaN();
    assertThat(value("0.99")).isNaN();
  }

  @Test
  void aLostDatabaseDoesNotLoseTheScrape() {
    gauges(
        () -> {
          throw new IllegalStateException("no database");
        });

    assertThat(value("1")).isNaN();
  }

  @Test
  void aScrapeDoesNotAskTheDatabaseEachTime() {
    var asked = new AtomicInteger();
    gauges(
        () -> {
          asked.incrementAndGet();
          return Optional.empty();
        });

    value("1");
    value("0.99");
    value("1");

    assertThat(asked).hasValue(1);
  }

  private void gauges(BalanceFreshness freshness) {
    assertThat(new BalanceAgeGauges(freshness, registry)).isNotNull();
  }

  private double value(String quantile) {
    return registry.get("walletsync.balance.age").tag("quantile", quantile).gauge().value();
  }
}
