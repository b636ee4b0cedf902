package io.walletsync.core.movement;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Names rows that a feed gives no id: by a digest of all that is stable in them, and by which of
 * the equal rows of one reply it is. Equal rows of different replies are the same row, since the
 * pages of a feed overlap: a movement may be missed, and leave a hole, but never counts twice.
 */
public final class ContentName {
  private static final int BYTES = 16;

  private final Map<String, Integer> seen = new HashMap<>();

  /** The next row's key; all rows of one reply are named by one instance, in their order. */
  public String next(String... content) {
    var digest = digest(content);
    return digest + "-" + seen.merge(digest, 1, Integer::sum);
  }

  private static String digest(String... content) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : content) {
        var bytes = part.getBytes(UTF_8);
        // with its length, so that no two contents run together
        digest.update((bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
