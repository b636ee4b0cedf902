package io.walletsync.core.access;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An identity that signs requests. Its secrets are kept apart.
 *
 * @param id WalletSync's own name for it, which the audit trail and idempotency records use
 * @param keyId the public name that requests are signed with
 * @param lastUsedAt the last time it signed a request, exact to a minute; null if never
 */
public record ApiKey(
    UUID id,
    String keyId,
    String name,
    Scopes scopes,
    ConnectionLimit limit,
    Instant createdAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public ApiKey {
    if (!isKeyId(keyId)) {
      throw new InvalidValue("must be 1 to 64 characters out of A-Z a-z 0-9 _ -");
    }
    Text.printable(name, 100);
  }

  public boolean isRevoked() {
    return revokedAt != null;
  }

  public ApiKey with(Scopes newScopes) {
    return new ApiKey(id, keyId, name, newScopes, limit, createdAt, revokedAt, lastUsedAt);
  }

  public ApiKey revoked(Instant at) {
    return new ApiKey(id, keyId, name, scopes, limit, createdAt, at, lastUsedAt);
  }

  public ApiKey used(Instant at) {
    return new ApiKey(id, keyId, name, scopes, limit, createdAt, revokedAt, at);
  }

  static boolean isKeyId(String text) {
    return KEY_ID.matcher(text).matches();
  }
}
