package io.walletsync.core.wallet;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The connections a caller may see: what lies outside does not exist for the caller. Every query
 * carries it, but for those that serve callers together, whose results are checked against it one
 * by one.
 *
 * @param connections null for all of them
 */
public record Visibility(@Nullable Set<UUID> connections) {
  public static final Visibility ALL = new Visibility(null);

  public Visibility {
    connections = connections == null ? null : Set.copyOf(connections);
  }

  public boolean includes(ConnectionId connection) {
    return connections == null || connections.contains(connection.value());
  }
}
