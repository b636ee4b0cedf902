package io.walletsync.server.provider.fincra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Replies and webhooks as Fincra documents them. */
final class Samples {
  private Samples() {}

  static String text(String name) {
    try (var sample =
        Objects.requireNonNull(Samples.class.getResourceAsStream(name + ".json"), name)) {
      return new String(sample.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
