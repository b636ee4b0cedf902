package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.uuid;
import static io.walletsync.server.postgres.Columns.uuids;

import io.walletsync.core.judgement.Evidence;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Difference;
import io.walletsync.core.money.Money;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.wallet.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What rules ask about wallets, found over indexes or in parts of a known size. */
final class PostgresEvidence implements Evidence {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  /** How many rows of wallets one statement looks at, however few of them are found. */
  private static final int LOOKED_AT = 5_000;

  private final JdbcClient jdbc;

  PostgresEvidence(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Read from the index of times alone, once from the beginning of the longest period on; the
   * states that were in force at the beginnings with it.
   */
  @Override
  public Map<WalletId, Map<Duration, Extremes>> extremes(
      Set<WalletId> wallets, Set<Duration> periods, Instant now) {
    var asked = List.copyOf(periods);
    var since = array("timestamptz", asked, now::minus);
    var found = new HashMap<WalletId, Map<Duration, Extremes>>();
    jdbc.sql(
            """
            select wallet_id, period, min(available) as lowest, max(available) as highest
              from (select state.wallet_id, wanted.period, state.available
                      from wallet_balance_snapshot as state
                      join unnest((select ?::timestamptz[])) with ordinality
                           as wanted (since, period)
                        on state.as_of > wanted.since
                     where state.wallet_id = any ((select ?::uuid[])::uuid[]) and state.as_of > ?
                    union all
                    select newest.wallet_id, wanted.period, newest.available
                      from wallet_balance_snapshot as first
                     cross join unnest((select ?::timestamptz[])) with ordinality
                           as wanted (since, period)
                     cross join lateral (
                           select state.wallet_id, state.available
                             from wallet_balance_snapshot as state
                            where state.wallet_id = first.wallet_id
                              and state.as_of <= wanted.since
                            order by state.as_of desc
                            limit 1) as newest
                     where first.wallet_id = any ((select ?::uuid[])::uuid[])
                       and first.sequence = 1) as state
             group by wallet_id, period
            """)
        .param(since)
        .param(array("uuid", wallets, WalletId::value))
        .param(timestamp(asked.stream().map(now::minus).min(Instant::compareTo).orElse(now)))
        .param(since)
        .param(array("uuid", wallets, WalletId::value))
        .query(
            row -> {
              found
                  .computeIfAbsent(id(row), _ -> new HashMap<>())
                  .put(
                      asked.get(row.getInt("period") - 1),
                      new Extremes(row.getBigDecimal("lowest"), row.getBigDecimal("highest")));
            });
    return found;
  }

  private static WalletId id(ResultSet row) throws SQLException {
    return new WalletId(uuid(row, "wallet_id"));
  }

  @Override
  public Map<WalletId, Money> previous(Set<WalletId> wallets) {
    var found = new HashMap<WalletId, Money>();
    jdbc.sql(
            """
            select snapshot.wallet_id, snapshot.currency, snapshot.available
              from wallet
              join wallet_balance_snapshot as snapshot
                on snapshot.wallet_id = wallet.wallet_id and sequence = latest_sequence - 1
             where wallet.wallet_id = any ((select ?::uuid[])::uuid[])
            """)
        .param(array("uuid", wallets, WalletId::value))
        .query(
            row -> {
              found.put(
                  id(row),
                  new Money(
                      row.getBigDecimal("available"), new CurrencyCode(row.getString("currency"))));
            });
    return found;
  }

  @Override
  public Map<WalletId, Difference> drift(Set<WalletId> wallets) {
    return differences(
        """
        select distinct on (wallet_id) wallet_id, currency, drift as amount
          from reconciliation
         where wallet_id = any ((select ?::uuid[])::uuid[]) and state = 'OPEN'
         order by wallet_id, abs(drift) desc
        """,
        wallets);
  }

  @Override
  public Map<WalletId, Map<Duration, Difference>> unexplained(
      Set<WalletId> wallets, Set<Duration> periods, Instant now) {
    var asked = List.copyOf(periods);
    var found = new HashMap<WalletId, Map<Duration, Difference>>();
    jdbc.sql(
            """
            select wallet_id, change.currency, wanted.period, sum(abs(amount)) as amount
              from unexplained_change as change
              join wallet_balance_snapshot as state using (wallet_id, sequence)
              join unnest((select ?::timestamptz[])) with ordinality as wanted (since, period)
                on state.as_of > wanted.since
             where wallet_id = any ((select ?::uuid[])::uuid[])
             group by wallet_id, change.currency, wanted.period
            """)
        .param(array("timestamptz", asked, now::minus))
        .param(array("uuid", wallets, WalletId::value))
        .query(
            row -> {
              found
                  .computeIfAbsent(id(row), _ -> new HashMap<>())
                  .put(asked.get(row.getInt("period") - 1), difference(row));
            });
    return found;
  }

  private Map<WalletId, Difference> differences(String sql, Set<WalletId> wallets) {
    var found = new HashMap<WalletId, Difference>();
    jdbc.sql(sql)
        .param(array("uuid", wallets, WalletId::value))
        .query(
            row -> {
              found.put(id(row), difference(row));
            });
    return found;
  }

  private static Difference difference(ResultSet row) throws SQLException {
    return new Difference(row.getBigDecimal("amount"), new CurrencyCode(row.getString("currency")));
  }

  @Override
  public Part inTrouble(Trouble trouble, @Nullable WalletId after, int size) {
    return switch (trouble) {
      case Trouble.NotConfirmed(var longer) -> notConfirmed(longer, after);
      case Trouble.Failing() ->
          part(
              """
              select wallet_id from wallet_schedule
               where failures >= 3 and wallet_id > ?
               order by wallet_id
               limit ?
              """,
              after,
              size);
      case Trouble.Drifting() ->
          part(
              """
              select distinct wallet_id from reconciliation
               where state = 'OPEN' and wallet_id > ?
               order by wallet_id
               limit ?
              """,
              after,
              size);
      case Trouble.Unexplained() ->
          part(
              """
              select distinct wallet_id from unexplained_change
               where wallet_id > ?
               order by wallet_id
               limit ?
              """,
              after,
              size);
    };
  }

  private Part part(String sql, @Nullable WalletId after, int size) {
    var ids =
        jdbc.sql(sql)
            .params(after == null ? BEFORE_ALL : after.value(), size)
            .query((row, _) -> id(row))
            .list();
    return new Part(ids, ids.size() < size ? null : ids.getLast());
  }

  /** There is no index of confirmations, for each of them would have to be kept there. */
  private Part notConfirmed(@Nullable Duration longer, @Nullable WalletId after) {
    var first = after == null ? BEFORE_ALL : after.value();
    var last =
        jdbc.sql(
                """
                select wallet_id from wallet
                 where wallet_id > ?
                 order by wallet_id
                offset ? limit 1
                """)
            .params(first, LOOKED_AT - 1)
            .query(UUID.class)
            .optional()
            .orElse(null);
    var ids =
        jdbc.sql(
                """
                select wallet_id
                  from wallet
                  join connection using (connection_id)
                 where wallet_id > :after
                   and wallet_id <= coalesce(:last::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                   and status = 'ACTIVE'
                   and coalesce(confirmed_at, wallet.created_at)
                       < clock_timestamp()
                         - coalesce(
                             :seconds::numeric,
                             3 * case when wallet.sync_interval_seconds is not null
                                      then coalesce(wallet.sync_slowest_seconds,
                                                    wallet.sync_interval_seconds)
                                      when connection.sync_interval_seconds is not null
                                      then coalesce(connection.sync_slowest_seconds,
                                                    connection.sync_interval_seconds)
                                      else 300
                                 end) * interval '1 second'
                 order by wallet_id
                """)
            .param("after", first)
            .param("last", last)
            .param("seconds", longer == null ? null : longer.toSeconds())
            .query((row, _) -> id(row))
            .list();
    return new Part(ids, last == null ? null : new WalletId(last));
  }

  @Override
  public List<Changed> changedSince(Instant since, @Nullable WalletId after, int size) {
    return jdbc.sql(
            """
            select wallet_id, updated_at from wallet
             where (updated_at, wallet_id) > (?, ?)
             order by updated_at, wallet_id
             limit ?
            """)
        .params(timestamp(since), after == null ? BEFORE_ALL : after.value(), size)
        .query((row, _) -> new Changed(id(row), instant(row, "updated_at")))
        .list();
  }

  /** Ends at the first that is found, which is soon unless there is none. */
  @Override
  public boolean isAnyConfirmedSince(AlertRule rule, Instant since) {
    return isAny(rule, since);
  }

  @Override
  public boolean isAnyInUse(AlertRule rule) {
    return isAny(rule, Instant.EPOCH);
  }

  private boolean isAny(AlertRule rule, Instant since) {
    var scope = rule.scope();
    return jdbc.sql(
            """
            select exists (
              select 1 from wallet
               where status = 'ACTIVE'
                 and coalesce(confirmed_at, created_at) >= :since
                 and (:visible::uuid[] is null or connection_id = any (:visible::uuid[]))
                 and (:connection::uuid is null or connection_id = :connection::uuid)
                 and (:provider::text is null or provider = :provider::text)
                 and (:currency::text is null or currency = :currency::text)
                 and (:owner::text is null or owner_id = :owner::text)
                 and metadata @> :metadata::jsonb)
            """)
        .param("since", timestamp(since))
        .param("visible", uuids(rule.limit().connections()))
        .param("connection", scope.connection() == null ? null : scope.connection().value())
        .param("provider", scope.provider() == null ? null : scope.provider().value())
        .param("currency", scope.currency() == null ? null : scope.currency().value())
        .param("owner", scope.ownerId())
        .param("metadata", MetadataJson.write(scope.metadata()))
        .query(Boolean.class)
        .single();
  }

  @Override
  public Instant now() {
    return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }
}
