package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.timestamp;

import io.walletsync.core.channel.WebhookSecret;
import io.walletsync.server.postgres.SecretVault.Sealed;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What signs the messages of subscriptions, sealed, each bound to its row and version. */
final class SubscriptionSecrets {
  private final JdbcClient jdbc;
  private final SecretVault vault;

  SubscriptionSecrets(JdbcClient jdbc, SecretVault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  Instant add(UUID id, WebhookSecret secret, Instant previousExpiresAt) {
    var newest =
        jdbc.sql(
                """
                select coalesce(max(version), 0) from subscription_secret
                 where subscription_id = ?
                """)
            .param(id)
            .query(Integer.class)
            .single();
    var endsAt = retire(id, previousExpiresAt);
    var version = newest + 1;
    var sealed =
        vault.seal(secret.text().getBytes(StandardCharsets.US_ASCII), boundTo(id, version));
    jdbc.sql(
            """
            insert into subscription_secret (
                     subscription_id, version, sealed, sealed_by, created_at)
            values (?, ?, ?, ?, clock_timestamp())
            """)
        .params(id, version, sealed.bytes(), sealed.keyId())
        .update();
    return endsAt;
  }

  /** Ends the oldest that is valid, forgets all others, and returns when it ends. */
  private Instant retire(UUID id, Instant previousExpiresAt) {
    jdbc.sql(
            """
            delete from subscription_secret
             where subscription_id = :id
               and version is distinct from (
                     select min(version) from subscription_secret
                      where subscription_id = :id
                        and (expires_at is null or expires_at > statement_timestamp()))
            """)
        .param("id", id)
        .update();
    return jdbc.sql(
            """
            update subscription_secret set expires_at = least(expires_at, ?)
             where subscription_id = ?
            returning expires_at
            """)
        .params(timestamp(previousExpiresAt), id)
        .query((row, _) -> instant(row, "expires_at"))
        .optional()
        .orElse(previousExpiresAt);
  }

  List<WebhookSecret> of(UUID id) {
    return jdbc.sql(
            """
            select version, sealed, sealed_by from subscription_secret
             where subscription_id = ?
               and (expires_at is null or expires_at > statement_timestamp())
             order by version desc
            """)
        .param(id)
        .query((row, _) -> secret(id, row))
        .list();
  }

  void forget(UUID id) {
    jdbc.sql("delete from subscription_secret where subscription_id = ?").param(id).update();
  }

  private WebhookSecret secret(UUID id, ResultSet row) throws SQLException {
    var sealed = new Sealed(row.getString("sealed_by"), row.getBytes("sealed"));
    var text = vault.open(sealed, boundTo(id, row.getInt("version")));
    return WebhookSecret.of(new String(text, StandardCharsets.US_ASCII));
  }

  private static String boundTo(UUID id, int version) {
    return "subscription_secret/" + id + "/" + version;
  }
}
