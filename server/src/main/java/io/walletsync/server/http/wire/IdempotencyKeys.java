package io.walletsync.server.http.wire;

import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.server.http.problem.InvalidRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads under which key a request is made, and says whether two requests are the same. */
public final class IdempotencyKeys {
  static final String HEADER = "Idempotency-Key";

  /** Says of an answer that it was given before. */
  public static final String REPLAYED = "Idempotent-Replayed";

  private IdempotencyKeys() {}

  /** The keys in the headers; the standard has one header, and a proxy may have added another. */
  public static Set<IdempotencyKey> inHeaders(HttpServletRequest request) {
    var keys = new LinkedHashSet<IdempotencyKey>();
    for (var header : Collections.list(request.getHeaders(HEADER))) {
      keys.add(key(header.strip()));
    }
    return keys;
  }

  /** The one key out of all places where it may be given; null where it is given nowhere. */
  public static @Nullable IdempotencyKey only(Set<IdempotencyKey> keys) {
    if (keys.size() > 1) {
      throw new InvalidRequest(HEADER, "must be the same key wherever it is given");
    }
    return keys.isEmpty() ? null : keys.iterator().next();
  }

  /** The key may come quoted, as the standard has it, or bare. */
  private static IdempotencyKey key(String header) {
    var quoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
    try {
      return new IdempotencyKey(quoted ? header.substring(1, header.length() - 1) : header);
    } catch (InvalidValue e) {
      throw new InvalidRequest(HEADER, String.valueOf(e.getMessage()));
    }
  }

  /** Stands for what a request asks for, which is written as a text that nothing else has. */
  public static String fingerprint(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
