package io.walletsync.server.postgres;

import io.walletsync.core.access.ApiKeySecret;
import io.walletsync.core.access.OpaqueBytes;
import io.walletsync.server.postgres.SecretVault.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sealed secrets of API keys, each bound to its key and version. */
final class PostgresApiKeySecrets {
  private final JdbcClient jdbc;
  private final SecretVault vault;

  PostgresApiKeySecrets(JdbcClient jdbc, SecretVault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /** The secrets of a key, newest first. */
  List<ApiKeySecret> of(UUID apiKey) {
    return jdbc.sql(
            """
            select version, master_key_id, sealed, created_at, expires_at
            from api_key_secret
            where api_key_id = :apiKey
            order by version desc
            """)
        .param("apiKey", apiKey)
        .query((row, _) -> secret(apiKey, row))
        .list();
  }

  void add(UUID apiKey, int version, OpaqueBytes secret, Instant createdAt) {
    var sealed = vault.seal(secret.toArray(), boundTo(apiKey, version));
    jdbc.sql(
            """
            insert into api_key_secret (api_key_id, version, master_key_id, sealed, created_at)
            values (:apiKey, :version, :masterKey, :sealed, :createdAt)
            """)
        .param("apiKey", apiKey)
        .param("version", version)
        .param("masterKey", sealed.keyId())
        .param("sealed", sealed.bytes())
        .param("createdAt", createdAt.atOffset(ZoneOffset.UTC))
        .update();
  }

  /**
   * Ends the oldest secret that is still valid at that time, forgets all others, and returns the
   * newest version so far.
   */
  int retire(UUID apiKey, Instant now, Instant expiresAt) {
    var version =
        jdbc.sql("select max(version) from api_key_secret where api_key_id = :apiKey")
            .param("apiKey", apiKey)
            .query(Integer.class)
            .single();
    jdbc.sql(
            """
            delete from api_key_secret
             where api_key_id = :apiKey
               and version <> coalesce(
                     (select min(version) from api_key_secret
                       where api_key_id = :apiKey and (expires_at is null or expires_at > :now)),
                     :version)
            """)
        .param("apiKey", apiKey)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("version", version)
        .update();
    jdbc.sql(
            """
            update api_key_secret set expires_at = least(expires_at, :expiresAt)
             where api_key_id = :apiKey
            """)
        .param("apiKey", apiKey)
        .param("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
        .update();
    return version;
  }

  boolean isNewFromSettings(UUID apiKey, OpaqueBytes fingerprint) {
    return jdbc.sql(
                """
                insert into bootstrap_secret (api_key_id, fingerprint, first_seen_at)
                values (:apiKey, :fingerprint, clock_timestamp())
                on conflict do nothing
                """)
            .param("apiKey", apiKey)
            .param("fingerprint", vault.keyedHash(fingerprint.toArray()))
            .update()
        == 1;
  }

  void forget(UUID apiKey) {
    jdbc.sql("delete from api_key_secret where api_key_id = :apiKey")
        .param("apiKey", apiKey)
        .update();
  }

  private ApiKeySecret secret(UUID apiKey, ResultSet row) throws SQLException {
    var version = row.getInt("version");
    var sealed = new Sealed(row.getString("master_key_id"), row.getBytes("sealed"));
    var expiresAt = row.getObject("expires_at", OffsetDateTime.class);
    return new ApiKeySecret(
        version,
        OpaqueBytes.of(vault.open(sealed, boundTo(apiKey, version))),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        expiresAt == null ? null : expiresAt.toInstant());
  }

  private static String boundTo(UUID apiKey, int version) {
    return "api_key_secret " + apiKey + " version " + version;
  }
}
