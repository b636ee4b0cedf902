package io.walletsync.core.access;

import io.walletsync.core.kernel.InvalidValue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The connections an API key is limited to: a key never reaches, nor hands out, more than it has.
 *
 * @param connections null for all connections, also those to come
 */
public record ConnectionLimit(@Nullable Set<UUID> connections) {
  public static final ConnectionLimit NONE = new ConnectionLimit(null);
  private static final int MOST = 100;

  public ConnectionLimit {
    if (connections != null) {
      if (connections.isEmpty() || connections.size() > MOST) {
        throw new InvalidValue("must name 1 to " + MOST + " connections");
      }
      connections = Set.copyOf(connections);
    }
  }

  /** Whether everything inside the other limit is inside this one too. */
  public boolean includes(ConnectionLimit other) {
    return connections == null
        || (other.connections != null && connections.containsAll(other.connections));
  }
}
