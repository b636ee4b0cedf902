package io.walletsync.core.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who acted, from where and in which request.
 *
 * @param id the internal id of the API key; the nil UUID for the system and for unknown callers
 * @param name the public id of the API key, or what an unknown caller claimed to be
 * @param address the caller's network address, where there is one
 */
public record Actor(
    Kind kind, UUID id, String name, @Nullable String address, @Nullable String requestId) {
  /** Stands for whoever has no identity here. */
  public static final UUID NOBODY = new UUID(0, 0);

  /** What sort of actor it is; the names are stored. */
  public enum Kind {
    API_KEY,
    SYSTEM,
    UNKNOWN
  }

  /** WalletSync acting by itself. */
  public static Actor system(String part) {
    return new Actor(Kind.SYSTEM, NOBODY, part, null, null);
  }
}
