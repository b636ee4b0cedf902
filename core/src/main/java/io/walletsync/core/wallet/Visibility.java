package io.walletsync.core.wallet;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The connections a caller may see. Every query carries it: what lies outside does not exist for
 * the caller.
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
