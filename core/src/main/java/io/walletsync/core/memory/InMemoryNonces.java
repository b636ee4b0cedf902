package io.walletsync.core.memory;

import io.walletsync.core.access.Nonces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
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
  public int forgetExpired(int atMost) {
    var now = clock.instant();
    var expired =
        expiries.entrySet().stream()
            .filter(it -> !it.getValue().isAfter(now))
            .sorted(Map.Entry.comparingByValue())
            .limit(atMost)
            .map(Map.Entry::getKey)
            .toList();
    expiries.keySet().removeAll(Set.copyOf(expired));
    return expired.size();
  }

  private record Used(UUID apiKey, String nonce) {}
}
