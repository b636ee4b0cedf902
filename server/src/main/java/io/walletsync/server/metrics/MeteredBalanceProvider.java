package io.walletsync.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.ProviderProfile;
import java.time.Duration;
import java.util.Set;

/** Times what a provider takes and counts how it fails. */
final class MeteredBalanceProvider implements BalanceProvider {
  private final BalanceProvider provider;
  private final MeterRegistry registry;

  MeteredBalanceProvider(BalanceProvider provider, MeterRegistry registry) {
    this.provider = provider;
    this.registry = registry;
  }

  @Override
  public ProviderProfile profile() {
    return provider.profile();
  }

  @Override
  public String callFor(Holding holding) {
    return provider.callFor(holding);
  }

  @Override
  public Reply fetch(OpenConnection connection, Set<Holding> wanted, Duration deadline) {
    var begun = System.nanoTime();
    var reply = provider.fetch(connection, wanted, deadline);
    var result =
        switch (reply) {
          case Reply.Reading _ -> "ok";
          case Reply.Failure(var failure) -> {
            new ProviderFailures(registry).count(profile().id(), failure.reason());
            yield failure.reason().code();
          }
        };
    Timer.builder("walletsync.provider.request.duration")
        .tags("provider", profile().id().value(), "operation", "fetch_balances", "result", result)
        .serviceLevelObjectives(Buckets.SECONDS)
        .register(registry)
        .record(Duration.ofNanos(System.nanoTime() - begun));
    return reply;
  }
}
