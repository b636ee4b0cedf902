package io.walletsync.core.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs a request the way the server expects it (RFC 9421 with hmac-sha256, RFC 9530). For clients:
 * the command line, the demo, tests.
 */
public final class RequestSigner {
  private static final int NONCE_BYTES = 16;

  private final String keyId;
  private final SecretKeySpec secret;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public RequestSigner(String keyId, byte[] secret, InstantSource clock) {
    this.keyId = keyId;
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
    this.clock = clock;
  }

  /**
   * Returns the headers to send: {@code Signature-Input}, {@code Signature} and, where they apply,
   * {@code Content-Digest} and {@code Idempotency-Key}.
   *
   * @param rawPath the path as it stands in the request line, percent-encoding untouched
   * @param rawQuery the query without its question mark; null where there is none
   * @param idempotencyKey the bare key, sent quoted; null where there is none
   * @param body empty where there is none
   */
  public Map<String, String> sign(
      String method,
      String rawPath,
      @Nullable String rawQuery,
      @Nullable String idempotencyKey,
      byte[] body) {
    var covered = new LinkedHashMap<String, String>();
    covered.put("@method", method);
    covered.put("@path", rawPath);
    if (rawQuery != null) {
      covered.put("@query", "?" + rawQuery);
    }
    var headers = new LinkedHashMap<String, String>();
    if (body.length > 0) {
      headers.put("Content-Digest", "sha-256=:" + base64(sha256(body)) + ":");
      covered.put("content-digest", headers.get("Content-Digest"));
    }
    if (idempotencyKey != null) {
      headers.put("Idempotency-Key", '"' + idempotencyKey + '"');
      covered.put("idempotency-key", headers.get("Idempotency-Key"));
    }
    var parameters = parameters(covered);
    headers.put("Signature-Input", "sig1=" + parameters);
    headers.put("Signature", "sig1=:" + base64(mac(signatureBase(covered, parameters))) + ":");
    return headers;
  }

  private String parameters(Map<String, String> covered) {
    var components = new StringJoiner("\" \"", "(\"", "\")");
    covered.keySet().forEach(components::add);
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return components
        + ";created="
        + clock.instant().getEpochSecond()
        + ";keyid=\""
        + keyId
        + "\";nonce=\""
        + HexFormat.of().formatHex(nonce)
        + "\";alg=\"hmac-sha256\"";
  }

  private static String signatureBase(Map<String, String> covered, String parameters) {
    var base = new StringJoiner("\n");
    covered.forEach((name, value) -> base.add('"' + name + "\": " + value));
    return base.add("\"@signature-params\": " + parameters).toString();
  }

  private byte[] mac(String signatureBase) {
    try {
      var mac = Mac.getInstance(secret.getAlgorithm());
      mac.init(secret);
      return mac.doFinal(signatureBase.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
