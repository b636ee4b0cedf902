package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.uuid;
import static io.walletsync.server.postgres.Columns.uuids;

import io.walletsync.core.bulk.SyncRunFilter;
import io.walletsync.core.bulk.SyncRuns;
import io.walletsync.core.wallet.Visibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The way of a run over its wallets, by the index wallet_walk from one to the next. One step looks
 * at a bounded number of wallets, however few of them the run is about.
 */
final class SyncRunWalk {
  private static final int LOOKED_AT = 20_000;

  private final JdbcClient jdbc;

  SyncRunWalk(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** How many open wallets there are. */
  long count(SyncRunFilter filter, Visibility visibility) {
    return bound(
            "select count(*) from wallet where status <> 'CLOSED'\n"
                + narrowed(filter, visibility)
                + "  and (:provider::text is null or provider = :provider::text)\n",
            filter,
            visibility)
        .query(Long.class)
        .single();
  }

  /** The next wallets behind a position; fewer than wanted does not mean that none are left. */
  Step next(
      SyncRunFilter filter, Visibility visibility, Instant begun, Position after, int wanted) {
    return bound(
            """
            with slice as (
              select connection_id, wallet_id, provider, created_at from wallet
               where status <> 'CLOSED'
                 and (connection_id, wallet_id) > (:afterConnection::uuid, :afterWallet::uuid)
            """
                + narrowed(filter, visibility)
                + """
               order by connection_id, wallet_id
               limit :most
            ), taken as (
              select connection_id, wallet_id from slice
               where (:provider::text is null or provider = :provider::text)
                 and created_at <= :until::timestamptz
               order by connection_id, wallet_id
               limit :wanted
            ), size as (
              select (select count(*) from taken) = :wanted as taken_is_full,
                     (select count(*) from slice) = :most as slice_is_full
            ), last as (
              -- where not enough was found, the whole slice lies behind us
              (select connection_id, wallet_id from taken, size
                where taken_is_full order by connection_id desc, wallet_id desc limit 1)
              union all
              (select connection_id, wallet_id from slice, size
                where not taken_is_full order by connection_id desc, wallet_id desc limit 1)
            )
            select array(select wallet_id from taken order by connection_id, wallet_id) as wallets,
                   taken_is_full or slice_is_full as has_more, connection_id, wallet_id
              from size left join last on true
            """,
            filter,
            visibility)
        .param("afterConnection", after.connection())
        .param("afterWallet", after.wallet())
        .param("most", LOOKED_AT)
        .param("wanted", wanted)
        .param("until", timestamp(begun.plus(SyncRuns.CLOCKS_APART)))
        .query((row, _) -> step(row, after))
        .single();
  }

  /** What the index can narrow down; written out, so that the plan is made for it. */
  private static String narrowed(SyncRunFilter filter, Visibility visibility) {
    var byFilter =
        switch (filter) {
          case SyncRunFilter.OfConnection _ -> "  and connection_id = :connection\n";
          case SyncRunFilter.OfOwner _ -> "  and owner_id = :owner\n";
          case SyncRunFilter.OfProvider _, SyncRunFilter.All _ -> "";
        };
    return visibility.connections() == null
        ? byFilter
        : byFilter + "  and connection_id = any (:visible::uuid[])\n";
  }

  private StatementSpec bound(String sql, SyncRunFilter filter, Visibility visibility) {
    return jdbc.sql(sql)
        .param(
            "connection",
            filter instanceof SyncRunFilter.OfConnection(var connection)
                ? connection.value()
                : null)
        .param("owner", filter instanceof SyncRunFilter.OfOwner(var ownerId) ? ownerId : null)
        .param(
            "provider",
            filter instanceof SyncRunFilter.OfProvider(var provider) ? provider.value() : null)
        .param("visible", uuids(visibility.connections()));
  }

  private static Step step(ResultSet row, Position before) throws SQLException {
    var wallet = row.getObject("wallet_id", UUID.class);
    return new Step(
        List.of((UUID[]) row.getArray("wallets").getArray()),
        wallet == null ? before : new Position(uuid(row, "connection_id"), wallet),
        row.getBoolean("has_more"));
  }

  /** The last wallet that was looked at. */
  record Position(UUID connection, UUID wallet) {}

  /** What was found, where that leads to, and whether there may be more behind it. */
  record Step(List<UUID> wallets, Position position, boolean hasMore) {}
}
