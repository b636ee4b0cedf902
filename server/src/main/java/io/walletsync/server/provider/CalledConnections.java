package io.walletsync.server.provider;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.util.Optional;

/** The connections that calls are made for, read again every second at most. */
final class CalledConnections {
  private static final Duration KEPT = Duration.ofSeconds(1);

  private final LoadingCache<ConnectionId, Optional<Connection>> cache;

  CalledConnections(Connections connections) {
    cache =
        Caffeine.newBuilder()
            .expireAfterWrite(KEPT)
            .build(id -> connections.find(id, Visibility.ALL));
  }

  /** Empty for one that was removed, or that is not kept yet. */
  Optional<Connection> find(ConnectionId id) {
    return cache.get(id);
  }
}
