package io.walletsync.core.memory;

import io.walletsync.core.access.ApiKey;
import io.walletsync.core.access.ApiKeySecret;
import io.walletsync.core.access.ApiKeys;
import io.walletsync.core.access.ConnectionLimit;
import io.walletsync.core.access.OpaqueBytes;
import io.walletsync.core.access.Scopes;
import io.walletsync.core.kernel.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** API keys in a map. */
final class InMemoryApiKeys implements ApiKeys {
  private final Map<UUID, Known> byId = new HashMap<>();
  private final Map<UUID, List<OpaqueBytes>> fromSettings = new HashMap<>();

  @Override
  public Optional<Known> find(String keyId) {
    return findNow(keyId);
  }

  @Override
  public synchronized Optional<Known> findNow(String keyId) {
    return byId.values().stream().filter(known -> known.key().keyId().equals(keyId)).findFirst();
  }

  @Override
  public synchronized Optional<ApiKey> find(UUID id, ConnectionLimit limit) {
    return Optional.ofNullable(byId.get(id))
        .map(Known::key)
        .filter(key -> limit.includes(key.limit()));
  }

  @Override
  public Optional<ApiKey> lock(UUID id, ConnectionLimit limit) {
    return find(id, limit);
  }

  @Override
  public synchronized Page<ApiKey> page(ConnectionLimit limit, @Nullable UUID after, int size) {
    var keys =
        byId.values().stream()
            .map(Known::key)
            .filter(key -> limit.includes(key.limit()))
            .filter(key -> after == null || order(key.id(), after) > 0)
            .sorted((a, b) -> order(a.id(), b.id()))
            .limit(size + 1L)
            .toList();
    return Page.of(keys, size);
  }

  @Override
  public synchronized boolean add(ApiKey key, OpaqueBytes secret) {
    if (findNow(key.keyId()).isPresent()) {
      return false;
    }
    var first = new ApiKeySecret(1, secret, key.createdAt(), null);
    byId.put(key.id(), new Known(key, List.of(first)));
    return true;
  }

  @Override
  public synchronized int addSecret(
      UUID id, OpaqueBytes secret, Instant createdAt, Instant previousExpiresAt) {
    var known = get(id);
    var last = known.secrets().getFirst();
    var inUse =
        known.secrets().reversed().stream()
            .filter(s -> s.isActive(createdAt))
            .findFirst()
            .orElse(last);
    var expiresAt =
        inUse.expiresAt() != null && inUse.expiresAt().isBefore(previousExpiresAt)
            ? inUse.expiresAt()
            : previousExpiresAt;
    var next = new ApiKeySecret(last.version() + 1, secret, createdAt, null);
    var previous = new ApiKeySecret(inUse.version(), inUse.value(), inUse.createdAt(), expiresAt);
    byId.put(id, new Known(known.key(), List.of(next, previous)));
    return next.version();
  }

  @Override
  public synchronized boolean isNewFromSettings(UUID id, OpaqueBytes fingerprint) {
    var seen = fromSettings.computeIfAbsent(id, _ -> new ArrayList<>());
    return seen.stream().noneMatch(fingerprint::equals) && seen.add(fingerprint);
  }

  @Override
  public synchronized void setScopes(UUID id, Scopes scopes) {
    change(id, key -> key.with(scopes));
  }

  @Override
  public synchronized void revoke(UUID id, Instant at) {
    var key = get(id).key();
    if (!key.isRevoked()) {
      byId.put(id, new Known(key.revoked(at), List.of()));
    }
  }

  @Override
  public synchronized void touch(UUID id, Instant at) {
    var last = get(id).key().lastUsedAt();
    if (last == null || !at.isBefore(last.plus(TOUCH_INTERVAL))) {
      change(id, key -> key.used(at));
    }
  }

  private Known get(UUID id) {
    var known = byId.get(id);
    if (known == null) {
      throw new IllegalStateException("no API key " + id);
    }
    return known;
  }

  private void change(UUID id, UnaryOperator<ApiKey> change) {
    byId.computeIfPresent(id, (_, known) -> new Known(change.apply(known.key()), known.secrets()));
  }

  /** PostgreSQL's order of uuids; UUID's own compares signed halves. */
  private static int order(UUID a, UUID b) {
    return a.toString().compareTo(b.toString());
  }
}
