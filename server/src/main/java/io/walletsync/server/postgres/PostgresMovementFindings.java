package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.money;
import static io.walletsync.server.postgres.Columns.timestamp;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.movement.ExplainedChange;
import io.walletsync.core.movement.Hole;
import io.walletsync.core.movement.MovementFindings;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holes and unexplained changes in PostgreSQL. */
final class PostgresMovementFindings implements MovementFindings {
  private final JdbcClient jdbc;

  PostgresMovementFindings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void replaceHoles(WalletId wallet, Instant after, List<Hole> holes) {
    jdbc.sql("delete from movement_hole where wallet_id = ? and before_at > ?")
        .params(wallet.value(), timestamp(after))
        .update();
    if (holes.isEmpty()) {
      return;
    }
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
    jdbc.sql("delete from unexplained_change where wallet_id = ? and sequence > ?")
        .params(wallet.value(), after)
        .update();
    if (changes.isEmpty()) {
      return;
    }
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
  public List<Hole> newestHoles(WalletId wallet, int atMost) {
    return jdbc.sql(
            """
            select * from movement_hole
             where wallet_id = ?
             order by before_at desc, before_key desc
             limit ?
            """)
        .params(wallet.value(), atMost)
        .query((row, _) -> hole(row))
        .list();
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
  public Figures figures() {
    var unexplained = new HashMap<CurrencyCode, BigDecimal>();
    jdbc.sql(
            "select currency, sum(abs(amount)) as amount from unexplained_change group by currency")
        .query(
            row -> {
              var currency = new CurrencyCode(row.getString("currency"));
              unexplained.put(currency, money(row, "amount", currency).amount());
            });
    return jdbc.sql(
            """
            select (select count(*) from movement_hole) as holes,
                   (select count(distinct wallet_id) from unexplained_change) as wallets
            """)
        .query((row, _) -> new Figures(row.getLong("holes"), row.getLong("wallets"), unexplained))
        .single();
  }
}
