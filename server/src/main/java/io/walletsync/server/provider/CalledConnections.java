package io.walletsync.server.provider;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.ProviderProfiles;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.util.function.Supplier;

/** The connections that calls are made for, read again every second at most. */
final class CalledConnections {
  private static final Duration KEPT = Duration.ofSeconds(1);
  private static final Called UNKNOWN = new Called("unknown", CallBudget.UNLIMITED);

  private final Supplier<ProviderProfiles> profiles;
  private final LoadingCache<ConnectionId, Called> cache;

  /**
   * Makes the cache.
   *
   * @param profiles asked when the first call is made, for the adapters need the calls before
   */
  CalledConnections(Connections connections, Supplier<ProviderProfiles> profiles) {
    this.profiles = profiles;
    cache =
        Caffeine.newBuilder()
            .expireAfterWrite(KEPT)
            .build(id -> connections.find(id, Visibility.ALL).map(this::called).orElse(UNKNOWN));
  }

  /** Whom a connection calls, and how often it may. */
  record Called(String provider, CallBudget budget) {}

  /** One that was removed meanwhile, or that is not kept yet, has no budget. */
  Called get(ConnectionId id) {
    return cache.get(id);
  }

  private Called called(Connection connection) {
    return new Called(connection.provider().value(), profiles.get().budget(connection));
  }
}
