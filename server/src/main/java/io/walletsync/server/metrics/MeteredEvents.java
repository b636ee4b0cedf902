package io.walletsync.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.event.EventObserver;
import io.walletsync.core.event.SyncAfterEvents.Outcome;
import io.walletsync.core.wallet.ProviderId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Counts deliveries and the syncs they lead to. Labels never name a connection. */
final class MeteredEvents implements EventObserver {
  private static final String UNKNOWN = "unknown";

  private final MeterRegistry registry;

  MeteredEvents(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void delivered(@Nullable ProviderId provider, Delivered result) {
    registry
        .counter(
            "walletsync.webhook.deliveries",
            "provider",
            label(provider),
            "result",
            result.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  @Override
  public void synced(@Nullable ProviderId provider, Outcome outcome) {
    count(label(provider), label(outcome));
  }

  @Override
  public void broke() {
    count(UNKNOWN, "error");
  }

  private void count(String provider, String outcome) {
    registry
        .counter("walletsync.early.syncs", "provider", provider, "outcome", outcome)
        .increment();
  }

  private static String label(@Nullable ProviderId provider) {
    return provider == null ? UNKNOWN : provider.value();
  }

  private static String label(Outcome outcome) {
    return switch (outcome) {
      case Outcome.NotDue _ -> "not_due";
      case Outcome.Served(var wallets) -> wallets == 0 ? "nothing_to_sync" : "served";
      case Outcome.PutOff _ -> "put_off";
      case Outcome.ConnectionRemoved _ -> "connection_removed";
      case Outcome.LeaseLost _ -> "lease_lost";
    };
  }
}
