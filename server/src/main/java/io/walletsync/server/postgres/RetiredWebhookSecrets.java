package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.wallet.ConnectionId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Webhook secrets that connections had, sealed, each until its time is over. */
final class RetiredWebhookSecrets {
  private final JdbcClient jdbc;
  private final SecretVault vault;

  RetiredWebhookSecrets(JdbcClient jdbc, SecretVault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  void add(ConnectionId connection, String secret, Duration validFor) {
    var id = UUID.randomUUID();
    var sealed = vault.seal(secret.getBytes(StandardCharsets.UTF_8), boundTo(id));
    jdbc.sql(
            """
            insert into retired_webhook_secret (
                     retired_id, connection_id, sealed, sealed_by, retired_at, valid_until)
            values (?, ?, ?, ?, clock_timestamp(), clock_timestamp() + ? * interval '1 second')
            """)
        .param(id)
        .param(connection.value())
        .param(sealed.bytes())
        .param(sealed.keyId())
        .param(validFor.toSeconds())
        .update();
  }

  /** Those that are still accepted, newest first. */
  List<String> of(ConnectionId connection) {
    return jdbc.sql(
            """
            select retired_id, sealed, sealed_by from retired_webhook_secret
             where connection_id = ? and valid_until > clock_timestamp()
             order by retired_at desc
            """)
        .param(connection.value())
        .query((row, _) -> secret(row))
        .list();
  }

  void forget(ConnectionId connection) {
    jdbc.sql("delete from retired_webhook_secret where connection_id = ?")
        .param(connection.value())
        .update();
  }

  int forgetExpired(int atMost) {
    return jdbc.sql(
            """
            delete from retired_webhook_secret
             where retired_id in (
               select retired_id from retired_webhook_secret
                where valid_until <= statement_timestamp()
                order by valid_until
                limit ?)
            """)
        .param(atMost)
        .update();
  }

  private String secret(ResultSet row) throws SQLException {
    var sealed = new SecretVault.Sealed(row.getString("sealed_by"), row.getBytes("sealed"));
    return new String(vault.open(sealed, boundTo(uuid(row, "retired_id"))), StandardCharsets.UTF_8);
  }

  /** Sealed bytes moved to another row do not open there. */
  private static String boundTo(UUID id) {
    return "retired_webhook_secret/" + id;
  }
}
