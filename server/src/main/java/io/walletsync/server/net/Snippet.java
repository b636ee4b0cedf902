package io.walletsync.server.net;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The beginning of what a receiver said, as text that can be kept and shown. */
public final class Snippet {
  private static final int MOST_BYTES = 1_024;
  private static final int MOST_BYTES_OF_ONE = 4;

  private Snippet() {}

  /** Null where nothing was said. */
  public static @Nullable String of(byte[] said) {
    var text = new StringBuilder();
    var whole = new String(said, 0, Math.min(said.length, MOST_BYTES), StandardCharsets.UTF_8);
    whole
        .codePoints()
        // what was cut in half, or is no text, takes three bytes in place of one
        .limit(MOST_BYTES / MOST_BYTES_OF_ONE * 3L)
        .forEach(c -> text.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    while (text.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      text.setLength(text.offsetByCodePoints(text.length(), -1));
    }
    return text.isEmpty() ? null : text.toString();
  }
}
