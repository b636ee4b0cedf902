package io.walletsync.core.memory;

import io.walletsync.core.access.Nonces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Used nonces in a map. */
final class InMemoryNonces implements Nonces {
  private final Map<Used, Instant> expiries = new ConcurrentHashMap<>();
  private final InstantSource clock;

  InMemoryNonces(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public boolean burn(UUID apiKey, String nonce) {
    return expiries.putIfAbsent(new Used(apiKey, nonce), clock.instant().plus(KEPT)) == null;
  }

  @Override
  public void forgetExpired() {
    var now = clock.instant();
    expiries.values().removeIf(expiry -> !expiry.isAfter(now));
  }

  private record Used(UUID apiKey, String nonce) {}
}
