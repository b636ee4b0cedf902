package io.walletsync.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.ProviderId;

/** Counts how providers fail, by provider and reason. */
final class ProviderFailures {
  private final MeterRegistry registry;

  ProviderFailures(MeterRegistry registry) {
    this.registry = registry;
  }

  void count(ProviderId provider, Reason reason) {
    registry
        .counter(
            "walletsync.provider.failures", "provider", provider.value(), "reason", reason.code())
        .increment();
  }
}
