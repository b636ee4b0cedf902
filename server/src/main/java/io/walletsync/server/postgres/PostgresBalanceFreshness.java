package io.walletsync.server.postgres;

import io.walletsync.core.balance.BalanceFreshness;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ages of all confirmed balances, out of the wallets' rows. */
final class PostgresBalanceFreshness implements BalanceFreshness {
  private final JdbcClient jdbc;

  PostgresBalanceFreshness(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Ages> ages() {
    return jdbc.sql(
            """
            select ceil(max(age))::bigint as oldest,
                   ceil(percentile_disc(0.99) within group (order by age))::bigint as percentile_99
              from (select greatest(0, extract(epoch from clock_timestamp() - confirmed_at)) * 1000
                             as age
                      from wallet
                     where status <> 'CLOSED' and confirmed_at is not null) as confirmed
            having count(*) > 0
            """)
        .query(
            (row, _) ->
                new Ages(
                    Duration.ofMillis(row.getLong("oldest")),
                    Duration.ofMillis(row.getLong("percentile_99"))))
        .optional();
  }
}
