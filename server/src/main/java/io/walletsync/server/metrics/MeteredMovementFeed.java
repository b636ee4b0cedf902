package io.walletsync.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.walletsync.core.movement.MovementFeed;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.ProviderProfile;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Times how long a provider takes for a page of movements and counts how it fails. */
final class MeteredMovementFeed implements MovementFeed {
  private final MovementFeed feed;
  private final MeterRegistry registry;

  MeteredMovementFeed(MovementFeed feed, MeterRegistry registry) {
    this.feed = feed;
    this.registry = registry;
  }

  @Override
  public ProviderProfile profile() {
    return feed.profile();
  }

  @Override
  public Reply read(
      OpenConnection connection,
      Holding holding,
      Window window,
      @Nullable String page,
      Duration deadline) {
    var begun = System.nanoTime();
    var reply = feed.read(connection, holding, window, page, deadline);
    var result =
        switch (reply) {
          case Reply.Rows _ -> "ok";
          case Reply.NotOffered _ -> "not_offered";
          case Reply.Failure(var failure) -> {
            new ProviderFailures(registry).count(profile().id(), failure.reason());
            yield failure.reason().code();
          }
        };
    Timer.builder("walletsync.provider.request.duration")
        .tags("provider", profile().id().value(), "operation", "list_movements", "result", result)
        .serviceLevelObjectives(Buckets.SECONDS)
        .register(registry)
        .record(Duration.ofNanos(System.nanoTime() - begun));
    return reply;
  }
}
