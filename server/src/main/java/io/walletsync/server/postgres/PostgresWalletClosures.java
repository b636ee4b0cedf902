package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.wallet.WalletClosure;
import io.walletsync.core.wallet.WalletClosures;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When wallets were closed, beside their history. */
final class PostgresWalletClosures implements WalletClosures {
  private final JdbcClient jdbc;

  PostgresWalletClosures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void add(WalletClosure closure) {
    jdbc.sql(
            """
            insert into wallet_closure (wallet_id, closed_at, reopened_at) values (?, ?, ?)
            """)
        .param(closure.wallet().value())
        .param(timestamp(closure.closedAt()))
        .param(timestamp(closure.reopenedAt()))
        .update();
  }

  @Override
  public Set<WalletId> closedAt(Set<WalletId> wallets, Instant at) {
    return jdbc
        .sql(
            """
            select wallet_id from wallet_closure
             where wallet_id = any (?) and closed_at <= ? and reopened_at > ?
            """)
        .param(array("uuid", wallets, WalletId::value))
        .param(timestamp(at))
        .param(timestamp(at))
        .query((row, _) -> new WalletId(uuid(row, "wallet_id")))
        .list()
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }
}
