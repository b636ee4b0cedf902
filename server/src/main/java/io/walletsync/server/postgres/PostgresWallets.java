package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.uuid;
import static io.walletsync.server.postgres.Columns.uuids;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The registry of wallets in PostgreSQL. */
final class PostgresWallets implements Wallets {
  static final String COLUMNS =
      """
      wallet_id, connection_id, provider, provider_account_id, currency, owner_id,
      provider_customer_id, metadata, status, created_at, updated_at, sync_interval_seconds,
      sync_slowest_seconds
      """;

  private final JdbcClient jdbc;
  private final SchedulePlaces places;

  PostgresWallets(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.places = new SchedulePlaces(jdbc);
  }

  @Override
  public Wallet addOrLock(Wallet candidate) {
    var added =
        jdbc.sql(
                """
            insert into wallet (wallet_id, connection_id, provider, provider_account_id, currency,
                                owner_id, provider_customer_id, metadata, status, created_at,
                                updated_at, sync_interval_seconds, sync_slowest_seconds)
            values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
            on conflict (connection_id, provider_account_id, currency) do nothing
            """)
            .param(candidate.id().value())
            .param(candidate.connectionId().value())
            .param(candidate.provider().value())
            .param(candidate.providerAccountId())
            .param(candidate.currency().value())
            .param(candidate.ownerId())
            .param(candidate.providerCustomerId())
            .param(MetadataJson.write(candidate.metadata()))
            .param(candidate.status().name())
            .param(timestamp(candidate.createdAt()))
            .param(timestamp(candidate.updatedAt()))
            .param(ScheduleColumns.interval(candidate.schedule()))
            .param(ScheduleColumns.slowest(candidate.schedule()))
            .update();
    if (added == 1) {
      places.follow(candidate);
    }
    return jdbc.sql(
            "select "
                + COLUMNS
                + """
                  from wallet
                 where connection_id = ? and provider_account_id = ? and currency = ?
                   for update
                """)
        .param(candidate.connectionId().value())
        .param(candidate.providerAccountId())
        .param(candidate.currency().value())
        .query((row, _) -> wallet(row))
        .single();
  }

  @Override
  public Optional<Wallet> find(WalletId id, Visibility visibility) {
    return select(id, visibility, "");
  }

  @Override
  public Map<WalletId, Wallet> findAll(Set<WalletId> ids) {
    return jdbc
        .sql(
            "select " + COLUMNS + " from wallet where wallet_id = any ((select ?::uuid[])::uuid[])")
        .param(array("uuid", ids, WalletId::value))
        .query((row, _) -> wallet(row))
        .list()
        .stream()
        .collect(Collectors.toUnmodifiableMap(Wallet::id, Function.identity()));
  }

  @Override
  public Optional<Wallet> lock(WalletId id, Visibility visibility) {
    return select(id, visibility, "for update");
  }

  private Optional<Wallet> select(WalletId id, Visibility visibility, String locking) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + """
                  from wallet
                 where wallet_id = :id
                   and (:visible::uuid[] is null or connection_id = any (:visible::uuid[]))
                """
                + locking)
        .param("id", id.value())
        .param("visible", uuids(visibility.connections()))
        .query((row, _) -> wallet(row))
        .optional();
  }

  @Override
  public void update(Wallet wallet) {
    places.follow(wallet);
    jdbc.sql(
            """
            update wallet
               set metadata = ?::jsonb, status = ?, sync_interval_seconds = ?,
                   sync_slowest_seconds = ?, updated_at = ?
             where wallet_id = ?
            """)
        .param(MetadataJson.write(wallet.metadata()))
        .param(wallet.status().name())
        .param(ScheduleColumns.interval(wallet.schedule()))
        .param(ScheduleColumns.slowest(wallet.schedule()))
        .param(timestamp(wallet.updatedAt()))
        .param(wallet.id().value())
        .update();
  }

  @Override
  public int countOpen(ConnectionId connection) {
    return jdbc.sql("select count(*) from wallet where connection_id = ? and status <> 'CLOSED'")
        .param(connection.value())
        .query(Integer.class)
        .single();
  }

  @Override
  public List<Wallet> closeAll(ConnectionId connection, Instant at) {
    // locked in the order of their ids, as every writer of several wallets does
    var closed =
        jdbc.sql(
                """
            with open as (
              select wallet_id from wallet
               where connection_id = ? and status <> 'CLOSED'
               order by wallet_id
                 for update
            )
            update wallet set status = 'CLOSED', updated_at = ?
             where wallet_id in (select wallet_id from open)
            returning\s"""
                    + COLUMNS)
            .param(connection.value())
            .param(timestamp(at))
            .query((row, _) -> wallet(row))
            .list();
    if (!closed.isEmpty()) {
      places.leave(closed.stream().map(Wallet::id).toList());
    }
    return closed;
  }

  @Override
  public Page<Wallet> page(Query query) {
    var connection = query.connection();
    var provider = query.provider();
    var currency = query.currency();
    var status = query.status();
    var after = query.after();
    return Page.of(
        jdbc.sql(
                "select "
                    + COLUMNS
                    + """
                      from wallet
                     where (:visible::uuid[] is null or connection_id = any (:visible::uuid[]))
                       and (:connection::uuid is null or connection_id = :connection::uuid)
                       and (:provider::text is null or provider = :provider::text)
                       and (:currency::text is null or currency = :currency::text)
                       and (:owner::text is null or owner_id = :owner::text)
                       and (:status::text is null or status = :status::text)
                       and (:after::uuid is null or wallet_id > :after::uuid)
                     order by wallet_id
                     limit :limit
                    """)
            .param("visible", uuids(query.visibility().connections()))
            .param("connection", connection == null ? null : connection.value())
            .param("provider", provider == null ? null : provider.value())
            .param("currency", currency == null ? null : currency.value())
            .param("owner", query.ownerId())
            .param("status", status == null ? null : status.name())
            .param("after", after == null ? null : after.value())
            .param("limit", query.limit() + 1)
            .query((row, _) -> wallet(row))
            .list(),
        query.limit());
  }

  static Wallet wallet(ResultSet row) throws SQLException {
    return new Wallet(
        new WalletId(uuid(row, "wallet_id")),
        new ConnectionId(uuid(row, "connection_id")),
        new ProviderId(row.getString("provider")),
        row.getString("provider_account_id"),
        new CurrencyCode(row.getString("currency")),
        row.getString("owner_id"),
        row.getString("provider_customer_id"),
        MetadataJson.read(row.getString("metadata")),
        Wallet.Status.valueOf(row.getString("status")),
        instant(row, "created_at"),
        instant(row, "updated_at"),
        ScheduleColumns.read(row, ""));
  }
}
