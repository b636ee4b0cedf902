package io.walletsync.server.http.sync;

import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.Text;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.wire.IdempotencyKeys;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.QueryFields;
import jakarta.servlet.http.HttpServletRequest;
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
    var keys = IdempotencyKeys.inHeaders(request);
    if (inQuery != null) {
      keys.add(inQuery);
    }
    if (inBody.orNull() != null) {
      keys.add(inBody.get());
    }
    return new SyncRequestReader(
        IdempotencyKeys.only(keys), userId.orNull(), fingerprint(wallet, userId.orNull()));
  }

  private static String fingerprint(WalletId wallet, @Nullable String userId) {
    return IdempotencyKeys.fingerprint(
        "sync-balance\n" + wallet + "\n" + (userId == null ? "" : "user " + userId));
  }
}
