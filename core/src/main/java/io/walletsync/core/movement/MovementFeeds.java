package io.walletsync.core.movement;

import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ProviderId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The feeds of this installation; a provider may have none. */
public final class MovementFeeds {
  private final Map<Key, MovementFeed> byKey;

  public MovementFeeds(Collection<? extends MovementFeed> feeds) {
    byKey =
        feeds.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    feed -> new Key(feed.profile().id(), feed.profile().apiVersion()),
                    Function.identity()));
  }

  /** The feed of a connection's provider. */
  public Optional<MovementFeed> find(Connection connection) {
    return Optional.ofNullable(byKey.get(new Key(connection.provider(), connection.apiVersion())));
  }

  private record Key(ProviderId provider, @Nullable String apiVersion) {}
}
