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
    // sorting a million ages takes seconds, finding the oldest a fraction of one: the percentile is
    // that of whole pages picked at random, and of all pages up to some 20,000 wallets
    return jdbc.sql(
            """
            with sampled as (
              select percentile_disc(0.99) within group (order by confirmed_at desc) as at
                from wallet
                     tablesample system ((select least(100, 100 * 20000 / greatest(reltuples, 1))
                                            from pg_class
                                           where oid = 'wallet'::regclass))
               where status <> 'CLOSED' and confirmed_at is not null
            ), ages as (
              select clock_timestamp() - min(confirmed_at) as oldest,
                     clock_timestamp() - coalesce((select at from sampled), min(confirmed_at))
                       as percentile_99
                from wallet
               where status <> 'CLOSED' and confirmed_at is not null
            )
            select ceil(greatest(0, extract(epoch from oldest)) * 1000)::bigint as oldest,
                   ceil(greatest(0, extract(epoch from percentile_99)) * 1000)::bigint
                     as percentile_99
              from ages
             where oldest is not null
            """)
        .query(
            (row, _) ->
                new Ages(
                    Duration.ofMillis(row.getLong("oldest")),
                    Duration.ofMillis(row.getLong("percentile_99"))))
        .optional();
  }
}
