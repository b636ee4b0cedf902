package io.walletsync.server.postgres;

import io.walletsync.core.balance.BalanceFreshness;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ages of all confirmed balances, out of the wallets' rows. */
final class PostgresBalanceFreshness implements BalanceFreshness {
  private final JdbcClient jdbc;

  PostgresBalanceFreshness(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Ages ages() {
    return jdbc.sql(
            """
            select ceil(coalesce(max(age), 0))::bigint as oldest,
                   ceil(coalesce(percentile_disc(0.99) within group (order by age), 0))::bigint
                     as percentile_99
              from (select extract(epoch from clock_timestamp() - confirmed_at) * 1000 as age
                      from wallet
                     where status <> 'CLOSED' and confirmed_at is not null) as confirmed
            """)
        .query(
            (row, _) ->
                new Ages(
                    Duration.ofMillis(Math.max(0, row.getLong("oldest"))),
                    Duration.ofMillis(Math.max(0, row.getLong("percentile_99")))))
        .single();
  }
}
