package io.walletsync.core.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One HMAC key of an API key. Two are active while a rotation overlaps.
 *
 * @param version counts up from 1 with every rotation
 * @param expiresAt null until a rotation replaces it
 */
public record ApiKeySecret(
    int version, OpaqueBytes value, Instant createdAt, @Nullable Instant expiresAt) {
  public boolean isActive(Instant at) {
    return expiresAt == null || at.isBefore(expiresAt);
  }
}
