package io.walletsync.server.provider.simulator.flutterwave;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The access tokens that a simulator gave out and to whom; each ends by itself. */
final class IssuedTokens {
  private final InstantSource clock;
  private final Map<String, Issued> byToken = new ConcurrentHashMap<>();

  IssuedTokens(InstantSource clock) {
    this.clock = clock;
  }

  String issue(String client, Duration life) {
    var now = clock.instant();
    byToken.values().removeIf(issued -> !issued.end.isAfter(now));
    var token = "simulated." + UUID.randomUUID();
    byToken.put(token, new Issued(client, now.plus(life)));
    return token;
  }

  /** Whose token it is, while it lasts. */
  Optional<String> client(String token) {
    return Optional.ofNullable(byToken.get(token))
        .filter(issued -> issued.end.isAfter(clock.instant()))
        .map(Issued::client);
  }

  void forget() {
    byToken.clear();
  }

  private record Issued(String client, Instant end) {}
}
