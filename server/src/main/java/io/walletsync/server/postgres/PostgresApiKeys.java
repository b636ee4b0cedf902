package io.walletsync.server.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.walletsync.core.access.ApiKey;
import io.walletsync.core.access.ApiKeys;
import io.walletsync.core.access.ConnectionLimit;
import io.walletsync.core.access.OpaqueBytes;
import io.walletsync.core.access.Scopes;
import io.walletsync.core.kernel.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** API keys in PostgreSQL; what requests are checked against is remembered for one second. */
final class PostgresApiKeys implements ApiKeys {
  private static final Duration REMEMBERED = Duration.ofSeconds(1);
  private static final int MOST_REMEMBERED = 10_000;

  private final JdbcClient jdbc;
  private final PostgresApiKeySecrets secrets;

  /** Only keys that exist: one that was just made must work at once. */
  private final Cache<String, Known> remembered =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST_REMEMBERED).build();

  private final Cache<UUID, Instant> touched =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

  PostgresApiKeys(JdbcClient jdbc, SecretVault vault) {
    this.jdbc = jdbc;
    this.secrets = new PostgresApiKeySecrets(jdbc, vault);
  }

  @Override
  public Optional<Known> find(String keyId) {
    var known = remembered.getIfPresent(keyId);
    return known == null ? findNow(keyId) : Optional.of(known);
  }

  @Override
  public Optional<Known> findNow(String keyId) {
    var known =
        jdbc.sql("select * from api_key where key_id = :keyId")
            .param("keyId", keyId)
            .query(ApiKeyRow.MAPPER)
            .optional()
            .map(key -> new Known(key, secrets.of(key.id())));
    known.ifPresent(found -> remembered.put(keyId, found));
    return known;
  }

  @Override
  public Optional<ApiKey> find(UUID id, ConnectionLimit limit) {
    return jdbc.sql(
            """
            select * from api_key
            where api_key_id = :id and (:limit::uuid[] is null or connection_ids <@ :limit::uuid[])
            """)
        .param("id", id)
        .param("limit", ApiKeyRow.array(limit))
        .query(ApiKeyRow.MAPPER)
        .optional();
  }

  @Override
  public Optional<ApiKey> lock(UUID id, ConnectionLimit limit) {
    return jdbc.sql(
            """
            select * from api_key
            where api_key_id = :id and (:limit::uuid[] is null or connection_ids <@ :limit::uuid[])
            for update
            """)
        .param("id", id)
        .param("limit", ApiKeyRow.array(limit))
        .query(ApiKeyRow.MAPPER)
        .optional();
  }

  @Override
  public Page<ApiKey> page(ConnectionLimit limit, @Nullable UUID after, int size) {
    var keys =
        jdbc.sql(
                """
                select * from api_key
                where (:limit::uuid[] is null or connection_ids <@ :limit::uuid[])
                  and (:after::uuid is null or api_key_id > :after::uuid)
                order by api_key_id
                limit :size
                """)
            .param("limit", ApiKeyRow.array(limit))
            .param("after", after)
            .param("size", size + 1)
            .query(ApiKeyRow.MAPPER)
            .list();
    return Page.of(keys, size);
  }

  @Override
  public boolean add(ApiKey key, OpaqueBytes secret) {
    var added =
        jdbc.sql(
                """
                insert into api_key (api_key_id, key_id, name, scopes, connection_ids, created_at)
                values (:id, :keyId, :name, :scopes, :connections::uuid[], :createdAt)
                on conflict do nothing
                """)
            .param("id", key.id())
            .param("keyId", key.keyId())
            .param("name", key.name())
            .param("scopes", key.scopes().codes().toArray(String[]::new))
            .param("connections", ApiKeyRow.array(key.limit()))
            .param("createdAt", key.createdAt().atOffset(ZoneOffset.UTC))
            .update();
    if (added == 1) {
      secrets.add(key.id(), 1, secret, key.createdAt());
    }
    return added == 1;
  }

  @Override
  public int addSecret(UUID id, OpaqueBytes secret, Instant createdAt, Instant previousExpiresAt) {
    var version = secrets.retire(id, createdAt, previousExpiresAt) + 1;
    secrets.add(id, version, secret, createdAt);
    remembered.invalidateAll();
    return version;
  }

  @Override
  public boolean isNewFromSettings(UUID id, OpaqueBytes fingerprint) {
    return secrets.isNewFromSettings(id, fingerprint);
  }

  @Override
  public void setScopes(UUID id, Scopes scopes) {
    jdbc.sql("update api_key set scopes = :scopes where api_key_id = :id")
        .param("id", id)
        .param("scopes", scopes.codes().toArray(String[]::new))
        .update();
    remembered.invalidateAll();
  }

  @Override
  public void revoke(UUID id, Instant at) {
    jdbc.sql(
            """
            update api_key set revoked_at = :at where api_key_id = :id and revoked_at is null
            """)
        .param("id", id)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .update();
    secrets.forget(id);
    remembered.invalidateAll();
  }

  @Override
  public void touch(UUID id, Instant at) {
    var last = touched.getIfPresent(id);
    if (last != null && at.isBefore(last.plus(TOUCH_INTERVAL))) {
      return;
    }
    touched.put(id, at);
    jdbc.sql(
            """
            update api_key set last_used_at = :at
            where api_key_id = :id
              and (last_used_at is null or last_used_at <= :upTo)
            """)
        .param("id", id)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("upTo", at.minus(TOUCH_INTERVAL).atOffset(ZoneOffset.UTC))
        .update();
  }
}
