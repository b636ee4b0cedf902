package io.walletsync.server.provider;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The ways in which providers prove their notifications, compared in constant time. */
public final class WebhookProof {
  private WebhookProof() {}

  /** Lower-case hex of the body's HMAC. */
  public static boolean isHmacHex(String algorithm, String secret, byte[] body, String presented) {
    return isSame(HexFormat.of().formatHex(hmac(algorithm, secret, body)), presented);
  }

  /** Base64, with padding, of the body's HMAC. */
  public static boolean isHmacBase64(
      String algorithm, String secret, byte[] body, String presented) {
    return isSame(Base64.getEncoder().encodeToString(hmac(algorithm, secret, body)), presented);
  }

  /** The secret itself: proves who sent it, but nothing about the body. */
  public static boolean isSame(String expected, String presented) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(String algorithm, String secret, byte[] body) {
    try {
      var mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
