package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.money;
import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.uuid;
import static io.walletsync.server.postgres.Columns.uuids;

import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Difference;
import io.walletsync.core.movement.ExplainedChange;
import io.walletsync.core.movement.Hole;
import io.walletsync.core.movement.MovementFindings;
import io.walletsync.core.movement.Movements.Place;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holes and unexplained changes in PostgreSQL. */
final class PostgresMovementFindings implements MovementFindings {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final JdbcClient jdbc;

  PostgresMovementFindings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void replaceHoles(WalletId wallet, Instant after, List<Hole> holes) {
    var gone =
        jdbc.sql("delete from movement_hole where wallet_id = ? and before_at > ?")
            .params(wallet.value(), timestamp(after))
            .update();
    if (!holes.isEmpty()) {
      insert(wallet, holes);
    }
    if (gone != holes.size()) {
      jdbc.sql(
              """
              insert into movement_import as known (wallet_id, failures, holes) values (?, 0, ?)
                  on conflict (wallet_id) do update set holes = known.holes + excluded.holes
              """)
          .params(wallet.value(), holes.size() - gone)
          .update();
    }
  }

  private void insert(WalletId wallet, List<Hole> holes) {
    jdbc.sql(
            """
            insert into movement_hole (
                     wallet_id, before_key, after_key, after_at, before_at, currency, amount)
            select ?, before_key, after_key, after_at, before_at, currency, amount
              from unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[],
                          ?::numeric[])
                as hole (before_key, after_key, after_at, before_at, currency, amount)
            """)
        .params(
            wallet.value(),
            array("text", holes, Hole::beforeKey),
            array("text", holes, Hole::afterKey),
            array("timestamptz", holes, Hole::after),
            array("timestamptz", holes, Hole::before),
            array("text", holes, hole -> hole.amount().currency().value()),
            array("numeric", holes, hole -> hole.amount().amount()))
        .update();
  }

  @Override
  public void replaceUnexplained(WalletId wallet, long after, List<ExplainedChange> changes) {
    var gone =
        jdbc.sql(
                "delete from unexplained_change where wallet_id = ? and sequence > ? returning amount")
            .params(wallet.value(), after)
            .query((row, _) -> Objects.requireNonNull(row.getBigDecimal("amount")))
            .list();
    if (!changes.isEmpty()) {
      insertChanges(wallet, changes);
    }
    if (gone.isEmpty() && changes.isEmpty()) {
      return;
    }
    var come = changes.stream().map(change -> change.unexplained().amount()).toList();
    jdbc.sql(
            """
            insert into movement_import as known (
                     wallet_id, failures, unexplained_changes, unexplained_net, unexplained_amount,
                     unexplained_in)
            values (:wallet, 0, :changes, :net, :amount, :currency)
                on conflict (wallet_id) do update
               set unexplained_changes = known.unexplained_changes + excluded.unexplained_changes,
                   unexplained_net = known.unexplained_net + excluded.unexplained_net,
                   unexplained_amount = known.unexplained_amount + excluded.unexplained_amount,
                   unexplained_in = coalesce(excluded.unexplained_in, known.unexplained_in)
            """)
        .param("wallet", wallet.value())
        .param("changes", come.size() - gone.size())
        .param("net", sum(come, amount -> amount).subtract(sum(gone, amount -> amount)))
        .param("amount", sum(come, BigDecimal::abs).subtract(sum(gone, BigDecimal::abs)))
        .param(
            "currency",
            changes.isEmpty() ? null : changes.getFirst().unexplained().currency().value())
        .update();
  }

  private static BigDecimal sum(List<BigDecimal> amounts, UnaryOperator<BigDecimal> of) {
    return amounts.stream().map(of).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private void insertChanges(WalletId wallet, List<ExplainedChange> changes) {
    jdbc.sql(
            """
            insert into unexplained_change (wallet_id, sequence, currency, amount)
            select ?, sequence, currency, amount
              from unnest(?::bigint[], ?::text[], ?::numeric[])
                as change (sequence, currency, amount)
            """)
        .params(
            wallet.value(),
            array("bigint", changes, ExplainedChange::sequence),
            array("text", changes, change -> change.unexplained().currency().value()),
            array("numeric", changes, change -> change.unexplained().amount()))
        .update();
  }

  @Override
  public Page<Hole> holes(WalletId wallet, @Nullable Place before, int limit) {
    return Page.of(
        jdbc.sql(
                """
                select * from movement_hole
                 where wallet_id = :wallet
                   and (before_at, before_key) < (:at::timestamptz, :key::text collate "C")
                 order by before_at desc, before_key desc
                 limit :limit
                """)
            .param("wallet", wallet.value())
            .param("at", timestamp(before == null ? BalanceHistory.END : before.occurredAt()))
            .param("key", before == null ? "" : before.key())
            .param("limit", limit + 1)
            .query((row, _) -> hole(row))
            .list(),
        limit);
  }

  @Override
  public Optional<Instant> beginOfHoles(WalletId wallet, Instant since) {
    return jdbc.sql(
            """
            select min(after_at) as first from movement_hole
             where wallet_id = ? and before_at >= ?
            having min(after_at) is not null
            """)
        .params(wallet.value(), timestamp(since))
        .query((row, _) -> instant(row, "first"))
        .optional();
  }

  private static Hole hole(ResultSet row) throws SQLException {
    var currency = new CurrencyCode(row.getString("currency"));
    return new Hole(
        row.getString("after_key"),
        instant(row, "after_at"),
        row.getString("before_key"),
        instant(row, "before_at"),
        money(row, "amount", currency));
  }

  @Override
  public long countHoles(WalletId wallet, Instant from, Instant until) {
    return jdbc.sql(
            """
            select count(*) from movement_hole
             where wallet_id = ? and before_at >= ? and after_at < ?
            """)
        .params(wallet.value(), timestamp(from), timestamp(until))
        .query(Long.class)
        .single();
  }

  @Override
  public Page<Unexplained> unexplained(Query query) {
    var where = new StringBuilder("unexplained_changes > 0 and movement_import.wallet_id > :after");
    if (query.visibility().connections() != null) {
      where.append(" and connection_id = any (:visible::uuid[])");
    }
    if (query.wallet() != null) {
      where.append(" and movement_import.wallet_id = :wallet");
    }
    if (query.connection() != null) {
      where.append(" and connection_id = :connection");
    }
    if (query.currency() != null) {
      where.append(" and unexplained_in = :currency");
    }
    return Page.of(
        jdbc.sql(
                """
                select movement_import.wallet_id, connection_id, provider, unexplained_changes,
                       unexplained_net, unexplained_amount, unexplained_in
                  from movement_import join wallet using (wallet_id)
                 where %s
                 order by movement_import.wallet_id
                 limit :limit
                """
                    .formatted(where))
            .param("after", query.after() == null ? BEFORE_ALL : query.after().value())
            .param("visible", uuids(query.visibility().connections()))
            .param("wallet", query.wallet() == null ? null : query.wallet().value())
            .param("connection", query.connection() == null ? null : query.connection().value())
            .param("currency", query.currency() == null ? null : query.currency().value())
            .param("limit", query.limit() + 1)
            .query((row, _) -> unexplained(row))
            .list(),
        query.limit());
  }

  private static Unexplained unexplained(ResultSet row) throws SQLException {
    var currency = new CurrencyCode(row.getString("unexplained_in"));
    return new Unexplained(
        new WalletId(uuid(row, "wallet_id")),
        new ConnectionId(uuid(row, "connection_id")),
        new ProviderId(row.getString("provider")),
        row.getLong("unexplained_changes"),
        new Difference(row.getBigDecimal("unexplained_net"), currency),
        new Difference(row.getBigDecimal("unexplained_amount"), currency));
  }

  /** From what was added up when it was found: a row for each wallet that has something. */
  @Override
  public Figures figures() {
    var unexplained = new HashMap<CurrencyCode, BigDecimal>();
    var holes = new AtomicLong();
    var wallets = new AtomicLong();
    jdbc.sql(
            """
            select null as unexplained_in, coalesce(sum(holes), 0) as amount, 0 as wallets
              from movement_import
             where holes > 0
             union all
            select unexplained_in, sum(unexplained_amount), count(*)
              from movement_import
             where unexplained_changes > 0
             group by unexplained_in
            """)
        .query(
            row -> {
              if (row.getString("unexplained_in") == null) {
                holes.set(row.getLong("amount"));
                return;
              }
              var currency = new CurrencyCode(row.getString("unexplained_in"));
              unexplained.put(
                  currency, new Difference(row.getBigDecimal("amount"), currency).value());
              wallets.addAndGet(row.getLong("wallets"));
            });
    return new Figures(holes.get(), wallets.get(), unexplained);
  }
}
