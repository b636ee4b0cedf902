package io.walletsync.core.memory;

import io.walletsync.core.access.ApiKeys;
import io.walletsync.core.access.Nonces;
import java.time.InstantSource;

/** Hands the in-memory ports of this feature to tests of other packages. */
public final class AccessInMemory {
  private AccessInMemory() {}

  public static ApiKeys apiKeys() {
    return new InMemoryApiKeys();
  }

  public static Nonces nonces(InstantSource clock) {
    return new InMemoryNonces(clock);
  }
}
