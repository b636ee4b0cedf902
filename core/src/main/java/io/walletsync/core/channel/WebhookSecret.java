package io.walletsync.core.channel;

import io.walletsync.core.kernel.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What signs the messages of one subscription, as Standard Webhooks 1.0.0 says; never printed. */
public final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final int BYTES = 32;
  private static final int FEWEST_BYTES = 24;
  private static final int MOST_BYTES = 64;

  private final byte[] key;

  private WebhookSecret(byte[] key) {
    this.key = key;
  }

  public static WebhookSecret random(SecureRandom random) {
    var key = new byte[BYTES];
    random.nextBytes(key);
    return new WebhookSecret(key);
  }

  /** The secret that was shown as this text, or {@link InvalidValue}. */
  public static WebhookSecret of(String text) {
    if (text.startsWith(PREFIX)) {
      try {
        var key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        if (key.length >= FEWEST_BYTES && key.length <= MOST_BYTES) {
          return new WebhookSecret(key);
        }
      } catch (IllegalArgumentException _) {
        // said below, without the text
      }
    }
    throw new InvalidValue("must be whsec_ and the base64 of 24 to 64 bytes");
  }

  /** How it is shown, once, to whoever is to verify. */
  public String text() {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /**
   * The signature of one attempt.
   *
   * @param second when the attempt is made, in seconds since 1970
   */
  public String sign(String id, long second, String payload) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      var signed = id + "." + second + "." + payload;
      return "v1,"
          + Base64.getEncoder()
              .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WebhookSecret that && MessageDigest.isEqual(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  @Override
  public String toString() {
    return "WebhookSecret[hidden]";
  }
}
