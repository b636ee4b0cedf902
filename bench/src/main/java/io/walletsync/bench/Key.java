package io.walletsync.bench;

import io.walletsync.core.access.RequestSigner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The API key of the benchmark: makes whole signed requests, as bytes that can be sent. */
final class Key {
  static final String ID = "bench";
  private static final int SECRET_BYTES = 32;
  private static final String HEAD = " HTTP/1.1\r\nHost: 127.0.0.1\r\n";

  private final byte[] secret = new byte[SECRET_BYTES];
  private final InstantSource clock;
  private final RequestSigner signer;

  Key(InstantSource clock) {
    new SecureRandom().nextBytes(secret);
    this.clock = clock;
    signer = new RequestSigner(ID, secret, clock);
  }

  /** The secret as settings have it. */
  String secretInBase64() {
    return Base64.getEncoder().encodeToString(secret);
  }

  /** A request with a nonce of its own, for one attempt. */
  byte[] post(String path, @Nullable String idempotencyKey, byte[] body) {
    return send("POST", path, idempotencyKey, body);
  }

  byte[] delete(String path) {
    return send("DELETE", path, null, new byte[0]);
  }

  private byte[] send(String method, String path, @Nullable String idempotencyKey, byte[] body) {
    var head = new StringBuilder(method).append(' ').append(path).append(HEAD);
    signer
        .sign(method, path, null, idempotencyKey, body)
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body.length > 0) {
      head.append("Content-Type: application/json\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    var start = head.toString().getBytes(StandardCharsets.US_ASCII);
    var request = new byte[start.length + body.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    return request;
  }

  /** A request without a nonce, which safe methods do not need: good for as long as its time is. */
  byte[] get(String path) {
    var parameters =
        "(\"@method\" \"@path\");created=%d;keyid=\"%s\""
            .formatted(clock.instant().getEpochSecond(), ID);
    var base =
        "\"@method\": GET\n\"@path\": %s\n\"@signature-params\": %s".formatted(path, parameters);
    return ("GET "
            + path
            + HEAD
            + "Signature-Input: sig1="
            + parameters
            + "\r\nSignature: sig1=:"
            + Base64.getEncoder().encodeToString(mac(base))
            + ":\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  Map<String, String> settings() {
    return Map.of(
        "WALLETSYNC_BOOTSTRAP_KEY_ID", ID, "WALLETSYNC_BOOTSTRAP_KEY_SECRET", secretInBase64());
  }

  private byte[] mac(String base) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(base.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }
}
