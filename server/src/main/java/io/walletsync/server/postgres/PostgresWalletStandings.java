package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.instantOrNull;
import static io.walletsync.server.postgres.Columns.money;
import static io.walletsync.server.postgres.Columns.moneyOrNull;
import static io.walletsync.server.postgres.Columns.uuid;
import static io.walletsync.server.postgres.Columns.uuids;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.position.WalletStanding;
import io.walletsync.core.position.WalletStandings;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Consumer;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All wallets' rows in one statement, fetched a part at a time. */
final class PostgresWalletStandings implements WalletStandings {
  private static final int FETCHED_AT_ONCE = 1_000;

  private final JdbcClient jdbc;

  PostgresWalletStandings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Instant now() {
    return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }

  @Override
  public void walk(Filter filter, Consumer<WalletStanding> each) {
    var currency = filter.currency();
    var provider = filter.provider();
    var connection = filter.connection();
    jdbc.sql(
            """
            select wallet.wallet_id, connection_id, wallet.provider, currency, owner_id, status,
                   created_at, updated_at, latest_available, latest_ledger, latest_locked,
                   confirmed_at, doubt_id is not null as in_doubt,
                   coalesce(failures, 0) as failures
              from wallet
              left join wallet_schedule on wallet_schedule.wallet_id = wallet.wallet_id
             where (:visible::uuid[] is null or connection_id = any (:visible::uuid[]))
               and (:currency::text is null or currency = :currency::text)
               and (:provider::text is null or wallet.provider = :provider::text)
               and (:connection::uuid is null or connection_id = :connection::uuid)
               and (:owner::text is null or owner_id = :owner::text)
             order by wallet.wallet_id
            """)
        .param("visible", uuids(filter.visibility().connections()))
        .param("currency", currency == null ? null : currency.value())
        .param("provider", provider == null ? null : provider.value())
        .param("connection", connection == null ? null : connection.value())
        .param("owner", filter.ownerId())
        .withFetchSize(FETCHED_AT_ONCE)
        .query((RowCallbackHandler) row -> each.accept(standing(row)));
  }

  private static WalletStanding standing(ResultSet row) throws SQLException {
    var currency = new CurrencyCode(row.getString("currency"));
    return new WalletStanding(
        new WalletId(uuid(row, "wallet_id")),
        new ConnectionId(uuid(row, "connection_id")),
        new ProviderId(row.getString("provider")),
        currency,
        row.getString("owner_id"),
        Wallet.Status.valueOf(row.getString("status")),
        instant(row, "created_at"),
        instant(row, "updated_at"),
        row.getObject("latest_available") == null
            ? null
            : new Balance(
                money(row, "latest_available", currency),
                moneyOrNull(row, "latest_ledger", currency),
                moneyOrNull(row, "latest_locked", currency)),
        instantOrNull(row, "confirmed_at"),
        row.getBoolean("in_doubt"),
        row.getInt("failures"));
  }
}
