package io.walletsync.server.http.access;

import io.walletsync.core.access.ApiKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An API key as it is answered; its secret is not among the fields.
 *
 * @param connectionIds null for a key that is not limited
 */
@JsonNaming(SnakeCaseStrategy.class)
record ApiKeyJson(
    UUID apiKeyId,
    String keyId,
    String name,
    List<String> scopes,
    @Nullable List<UUID> connectionIds,
    Instant createdAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {
  static ApiKeyJson of(ApiKey key) {
    var connections = key.limit().connections();
    return new ApiKeyJson(
        key.id(),
        key.keyId(),
        key.name(),
        key.scopes().codes(),
        connections == null ? null : connections.stream().sorted().toList(),
        key.createdAt(),
        key.revokedAt(),
        key.lastUsedAt());
  }
}
