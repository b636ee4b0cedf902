package io.walletsync.server.provider.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook ready to be sent: the body and the headers that prove it. */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
public record Notification(Map<String, String> headers, byte[] body) {
  public Notification {
    headers = Map.copyOf(headers);
  }

  /** The body's HMAC by this algorithm, such as {@code HmacSHA512}. */
  public static byte[] hmac(String algorithm, String secret, byte[] body) {
    try {
      var mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /** Lower-case hex of the body's HMAC. */
  public static String hmacHex(String algorithm, String secret, byte[] body) {
    return HexFormat.of().formatHex(hmac(algorithm, secret, body));
  }
}
