package io.walletsync.server.http;

import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import io.walletsync.core.wallet.WalletId;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/**
 * What a sync request says besides the wallet: its key, from the header or one of its aliases, and
 * the user it claims to act for.
 *
 * @param fingerprint the same for the same wallet and user however the request is spelt; the key
 *     itself is no part of it
 */
record SyncRequestReader(
    @Nullable IdempotencyKey key, @Nullable String userId, String fingerprint) {
  private static final String HEADER = "Idempotency-Key";
  private static final String ALIAS = "idempotency_key";
  private static final int LONGEST_USER_ID = 128;

  static SyncRequestReader read(
      HttpServletRequest request, WalletId wallet, byte @Nullable [] body) {
    var query = QueryFields.of(request);
    var inQuery = query.optional(ALIAS, IdempotencyKey::new);
    query.done();
    var fields = JsonFields.of(body);
    var inBody = fields.optionalText(ALIAS, IdempotencyKey::new);
    var userId = fields.optionalText("user_id", text -> Text.printable(text, LONGEST_USER_ID));
    fields.done();
    var keys = new LinkedHashSet<IdempotencyKey>();
    for (var header : Collections.list(request.getHeaders(HEADER))) {
      keys.add(key(header.strip()));
    }
    if (inQuery != null) {
      keys.add(inQuery);
    }
    if (inBody.orNull() != null) {
      keys.add(inBody.get());
    }
    if (keys.size() > 1) {
      throw new InvalidRequest(HEADER, "must be the same key wherever it is given");
    }
    return new SyncRequestReader(
        keys.isEmpty() ? null : keys.getFirst(),
        userId.orNull(),
        fingerprint(wallet, userId.orNull()));
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

  private static String fingerprint(WalletId wallet, @Nullable String userId) {
    var text = "sync-balance\n" + wallet + "\n" + (userId == null ? "" : "user " + userId);
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
