package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.money;
import static io.walletsync.server.postgres.Columns.moneyOrNull;
import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.timestampOrNull;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.movement.ProviderMovement;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Movements in PostgreSQL: each listing and each sum is one range of an index. */
final class PostgresMovements implements Movements {
  private final JdbcClient jdbc;

  PostgresMovements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Set<String> add(List<ProviderMovement> movements) {
    return jdbc.sql(
            """
            insert into provider_movement (
                     wallet_id, movement_key, occurred_at, currency, difference, balance_after,
                     kind, reason, reference, metadata, imported_at)
            select wallet_id, movement_key, occurred_at, currency, difference, balance_after,
                   kind, reason, reference, metadata::jsonb, imported_at
              from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::text[], ?::numeric[],
                          ?::numeric[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::timestamptz[])
                as movement (
                     wallet_id, movement_key, occurred_at, currency, difference, balance_after,
                     kind, reason, reference, metadata, imported_at)
                on conflict do nothing
            returning movement_key
            """)
        .params(
            array("uuid", movements, movement -> movement.walletId().value()),
            array("text", movements, ProviderMovement::key),
            array("timestamptz", movements, ProviderMovement::occurredAt),
            array("text", movements, movement -> movement.difference().currency().value()),
            array("numeric", movements, movement -> movement.difference().amount()),
            array(
                "numeric",
                movements,
                movement ->
                    movement.balanceAfter() == null ? null : movement.balanceAfter().amount()),
            array("text", movements, ProviderMovement::kind),
            array("text", movements, ProviderMovement::reason),
            array("text", movements, ProviderMovement::reference),
            array("text", movements, movement -> MetadataJson.write(movement.metadata())),
            array("timestamptz", movements, ProviderMovement::importedAt))
        .query((row, _) -> row.getString("movement_key"))
        .set();
  }

  @Override
  public Page<ProviderMovement> page(Query query) {
    var sql =
        switch (query.order()) {
          case OLDEST_FIRST ->
              """
              select * from provider_movement
               where wallet_id = :wallet
                 and occurred_at >= coalesce(:from, '-infinity'::timestamptz)
                 and occurred_at < coalesce(:until, 'infinity'::timestamptz)
                 and (occurred_at, movement_key) > (coalesce(:time, '-infinity'::timestamptz), :key)
               order by occurred_at, movement_key
               limit :limit
              """;
          case NEWEST_FIRST ->
              """
              select * from provider_movement
               where wallet_id = :wallet
                 and occurred_at >= coalesce(:from, '-infinity'::timestamptz)
                 and occurred_at < coalesce(:until, 'infinity'::timestamptz)
                 and (occurred_at, movement_key) < (coalesce(:time, 'infinity'::timestamptz), :key)
               order by occurred_at desc, movement_key desc
               limit :limit
              """;
        };
    var after = query.after();
    return Page.of(
        jdbc.sql(sql)
            .param("wallet", query.wallet().value())
            .param("from", timestampOrNull(query.from()))
            .param("until", timestampOrNull(query.until()))
            .param("time", timestampOrNull(after == null ? null : after.occurredAt()))
            .param("key", after == null ? "" : after.key())
            .param("limit", query.limit() + 1)
            .query((row, _) -> movement(row))
            .list(),
        query.limit());
  }

  @Override
  public List<ProviderMovement> named(WalletId wallet, Set<String> references) {
    return jdbc.sql(
            """
            select * from provider_movement
             where wallet_id = ? and reference = any ((select ?::text[])::text[])
             order by occurred_at, movement_key
            """)
        .param(wallet.value())
        .param(array("text", references, reference -> reference))
        .query((row, _) -> movement(row))
        .list();
  }

  @Override
  public Total sum(WalletId wallet, Instant from, Instant until) {
    return jdbc.sql(
            """
            select count(*) as movements, coalesce(sum(difference), 0) as difference
              from provider_movement
             where wallet_id = ? and occurred_at >= ? and occurred_at < ?
            """)
        .params(wallet.value(), timestamp(from), timestamp(until))
        .query((row, _) -> new Total(row.getLong("movements"), exact(row)))
        .single();
  }

  private static BigDecimal exact(ResultSet row) throws SQLException {
    var sum = row.getBigDecimal("difference").stripTrailingZeros();
    return sum.scale() < 0 ? sum.setScale(0) : sum;
  }

  @Override
  public Optional<Instant> newestBefore(WalletId wallet, Instant time) {
    return jdbc.sql(
            """
            select occurred_at from provider_movement
             where wallet_id = ? and occurred_at < ?
             order by occurred_at desc
             limit 1
            """)
        .params(wallet.value(), timestamp(time))
        .query((row, _) -> instant(row, "occurred_at"))
        .optional();
  }

  private static ProviderMovement movement(ResultSet row) throws SQLException {
    var currency = new CurrencyCode(row.getString("currency"));
    return new ProviderMovement(
        new WalletId(uuid(row, "wallet_id")),
        row.getString("movement_key"),
        instant(row, "occurred_at"),
        money(row, "difference", currency),
        moneyOrNull(row, "balance_after", currency),
        row.getString("kind"),
        row.getString("reason"),
        row.getString("reference"),
        MetadataJson.read(row.getString("metadata")),
        instant(row, "imported_at"));
  }
}
