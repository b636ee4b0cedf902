package io.walletsync.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads balances at a steady pace over one connection. A latency counts from when the read was due,
 * so that a server that stood still cannot hide it.
 */
final class PacedReads {
  private final Installation installation;
  private final List<UUID> wallets;
  private final Duration pause;
  private @Nullable String firstFailure;

  PacedReads(Installation installation, List<UUID> wallets, Duration pause) {
    this.installation = installation;
    this.wallets = wallets;
    this.pause = pause;
  }

  Latencies run(Duration window) throws IOException, InterruptedException {
    var requests = wallets.stream().map(w -> installation.key().get(Api.balancePath(w))).toList();
    var count = (int) (window.toNanos() / pause.toNanos());
    var nanos = new long[count];
    var begun = System.nanoTime();
    try (var connection = new HttpConnection(installation.server().port())) {
      for (var i = 0; i < count; i++) {
        var due = begun + i * pause.toNanos();
        var early = due - System.nanoTime();
        if (early > 0) {
          Thread.sleep(Duration.ofNanos(early));
        }
        // waking late is the client's, not the server's
        var from = early > 0 ? System.nanoTime() : due;
        var status = connection.send(requests.get(i % requests.size()));
        nanos[i] = System.nanoTime() - from;
        if (status != 200 && firstFailure == null) {
          firstFailure = "status " + status + ": " + connection.body();
        }
      }
    }
    return new Latencies(Arrays.stream(nanos));
  }

  Optional<String> firstFailure() {
    return Optional.ofNullable(firstFailure);
  }
}
