package io.walletsync.cli;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks a signature the way RFC 9421 tells a receiver to, from the bytes that arrived. */
final class SignatureCheck {
  static final String KEY_ID = "ak_test";
  static final byte[] SECRET = "a secret of thirty-two bytes ...".getBytes(StandardCharsets.UTF_8);

  private static final Pattern INPUT =
      Pattern.compile(
          "sig1=(\\(([^)]*)\\);created=\\d+;keyid=\"" + KEY_ID + "\";nonce=\"[^\"]+\".*)");

  private SignatureCheck() {}

  static boolean passes(StubServer.Seen request) {
    var input = INPUT.matcher(request.headers().getOrDefault("signature-input", ""));
    if (!input.matches()) {
      return false;
    }
    var covered = List.of(input.group(2).replace("\"", "").split(" "));
    if (!covered.containsAll(mustCover(request))) {
      return false;
    }
    var base = new ArrayList<String>();
    covered.forEach(name -> base.add('"' + name + "\": " + value(name, request)));
    base.add("\"@signature-params\": " + input.group(1));
    var expected = "sig1=:" + base64(hmac(String.join("\n", base))) + ":";
    return expected.equals(request.headers().get("signature")) && digestIsRight(request);
  }

  private static List<String> mustCover(StubServer.Seen request) {
    var names = new ArrayList<>(List.of("@method", "@path"));
    if (request.target().contains("?")) {
      names.add("@query");
    }
    if (!request.body().isEmpty()) {
      names.add("content-digest");
    }
    if (request.headers().containsKey("idempotency-key")) {
      names.add("idempotency-key");
    }
    return names;
  }

  private static String value(String name, StubServer.Seen request) {
    var parts = Arrays.asList(request.target().split("\\?", 2));
    return switch (name) {
      case "@method" -> request.method();
      case "@path" -> parts.getFirst();
      case "@query" -> "?" + parts.getLast();
      default -> request.headers().getOrDefault(name, "");
    };
  }

  private static boolean digestIsRight(StubServer.Seen request) {
    return request.body().isEmpty()
        || ("sha-256=:" + base64(sha256(request.body())) + ":")
            .equals(request.headers().get("content-digest"));
  }

  private static byte[] hmac(String base) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
      return mac.doFinal(base.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] sha256(String body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
