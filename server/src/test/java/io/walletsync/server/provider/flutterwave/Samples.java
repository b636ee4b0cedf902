package io.walletsync.server.provider.flutterwave;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What Flutterwave sends, as it documents it or as others recorded it. */
public final class Samples {
  private Samples() {}

  /** A sample by its version and name, such as {@code v3/balances}. */
  public static String text(String name) {
    return new String(bytes(name), UTF_8);
  }

  public static byte[] bytes(String name) {
    try (var sample =
        Objects.requireNonNull(Samples.class.getResourceAsStream(name + ".json"), name)) {
      return sample.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
