package io.walletsync.core.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What two deliveries of the same event have in common, and no two events do.
 *
 * @param value SHA-256 in lower-case hex, so that its length is bounded whatever a provider sends
 */
public record ContentKey(String value) {
  /** The key of an event that these parts name, in this order. */
  public static ContentKey of(String... parts) {
    var hash = sha256();
    for (var part : parts) {
      var bytes = part.getBytes(StandardCharsets.UTF_8);
      // with its length, so that no two lists of parts run together into the same bytes
      hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
      hash.update(bytes);
    }
    return new ContentKey(HexFormat.of().formatHex(hash.digest()));
  }

  /** The last resort: the very same bytes are the same event. */
  public static ContentKey ofBody(byte[] body) {
    return of("body", HexFormat.of().formatHex(sha256().digest(body)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
