package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Examples;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.ConnectionsContract;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.Wallets;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PostgresConnectionsTest implements ConnectionsContract {
  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public Connections connections() {
    return Ports.connections();
  }

  @Override
  public Wallets wallets() {
    return Ports.wallets();
  }

  @Test
  void storesNoSecretInTheClear() {
    var connection = Examples.connection();
    var secret = "sk_live_in_the_clear_" + connection.id();
    add(connection, secret);

    var row =
        Ports.jdbc()
            .sql("select * from connection where connection_id = ?")
            .param(connection.id().value())
            .query((columns, _) -> everything(columns))
            .single();

    assertThat(row).contains("Main account").doesNotContain(secret).doesNotContain("in_the_clear");
  }

  @Test
  void credentialsMovedToAnotherConnectionDoNotOpen() {
    var from = connected();
    var to = connected();
    Ports.jdbc()
        .sql(
            """
            update connection
               set sealed = (select sealed from connection where connection_id = :from)
             where connection_id = :to
            """)
        .param("from", from.id().value())
        .param("to", to.id().value())
        .update();

    assertThat(connections().open(from.id())).isPresent();
    assertThatThrownBy(() -> connections().open(to.id()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was changed after it was sealed");
  }

  @Test
  void aRemovedConnectionKeepsNothingOfItsSecret() {
    var connection = connected();
    transactions()
        .inTransaction(
            () -> {
              connections().remove(connection.id());
              return connection;
            });

    var left =
        Ports.jdbc()
            .sql(
                """
                select num_nonnulls(sealed, sealed_by, secret_hash, secret_hint) from connection
                 where connection_id = ?
                """)
            .param(connection.id().value())
            .query(Integer.class)
            .single();
    assertThat(left).isZero();
  }

  private void add(Connection connection, String secret) {
    var credentials = new Credentials(Map.of("secret_key", secret));
    transactions().inTransaction(() -> connections().add(connection, credentials, secret));
  }

  /** Every column as text; bytes as the characters that they would be. */
  private static String everything(ResultSet row) throws SQLException {
    var text = new StringBuilder();
    for (var column = 1; column <= row.getMetaData().getColumnCount(); column++) {
      var bytes = row.getBytes(column);
      text.append(bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1)).append('\n');
    }
    return text.toString();
  }
}
