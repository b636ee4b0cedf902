package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.timestampOrNull;
import static io.walletsync.server.postgres.Columns.uuids;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Difference;
import io.walletsync.core.reconciliation.Comparison;
import io.walletsync.core.reconciliation.ExpectedBalance;
import io.walletsync.core.reconciliation.Reconciliation;
import io.walletsync.core.reconciliation.Reconciliation.Settled;
import io.walletsync.core.reconciliation.Reconciliation.State;
import io.walletsync.core.reconciliation.Reconciliations;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reconciliations in PostgreSQL; what comparisons found is kept in a table of its own too. */
final class PostgresReconciliations implements Reconciliations {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private static final Duration SHORT = Duration.ofDays(31);

  private static final String PERIOD =
      """
      with period as materialized (
        select * from reconciliation where as_of >= :from and as_of < :to)
      select * from period where\s""";

  private final JdbcClient jdbc;
  private final ReconciliationChanges changes;

  PostgresReconciliations(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.changes = new ReconciliationChanges(jdbc);
  }

  @Override
  public List<Reconciliation> under(Collection<ExpectedBalance.Key> keys) {
    return jdbc.sql(
            """
            select reconciliation.*
              from unnest(?::uuid[], ?::timestamptz[], ?::text[])
                as wanted (wallet_id, as_of, reference)
              join reconciliation using (wallet_id, as_of, reference)
             order by revision
            """)
        .params(
            array("uuid", keys, key -> key.walletId().value()),
            array("timestamptz", keys, ExpectedBalance.Key::asOf),
            array("text", keys, ExpectedBalance.Key::reference))
        .query((row, _) -> ReconciliationRow.reconciliation(row))
        .list();
  }

  @Override
  public Set<UUID> add(Collection<Reconciliation> pending) {
    var added = new HashSet<>(changes.add(pending));
    var corrections =
        pending.stream().filter(it -> it.revision() > 1 && added.contains(it.id())).toList();
    if (!corrections.isEmpty()) {
      changes.correctEarlier(corrections);
    }
    return added;
  }

  @Override
  public Part pendingWithNews(@Nullable UUID after, int size) {
    var ids = new ArrayList<UUID>();
    var withNews = new ArrayList<Reconciliation>();
    jdbc.sql(
            """
            with part as materialized (
              select * from reconciliation
               where state = 'PENDING' and reconciliation_id > :after
               order by reconciliation_id
               limit :size)
            select part.*,
                   greatest(confirmed_at, latest_as_of) > coalesce(known_until, '-infinity')
                     as has_news
              from part
              left join wallet on wallet.wallet_id = part.wallet_id
             order by part.reconciliation_id
            """)
        .param("after", after == null ? BEFORE_ALL : after)
        .param("size", size)
        .query(
            row -> {
              var found = ReconciliationRow.reconciliation(row);
              ids.add(found.id());
              if (row.getBoolean("has_news")) {
                withNews.add(found);
              }
            });
    return new Part(withNews, ids.size() < size ? null : ids.getLast());
  }

  @Override
  public Set<UUID> looked(Collection<Look> looks) {
    if (looks.isEmpty()) {
      return Set.of();
    }
    var decided = new HashSet<>(changes.looked(looks));
    looks.stream().filter(it -> it.comparison() == null).map(Look::id).forEach(decided::remove);
    changes.keepComparisons(decided);
    return decided;
  }

  @Override
  public List<Reconciliation> takeOpen(int atMost) {
    return jdbc.sql(
            """
            with due as (
              select reconciliation_id
                from (select reconciliation_id, looked_at,
                             greatest(recorded_at, as_of + lag_seconds * interval '1 second') as begun
                        from reconciliation
                       where state = 'OPEN') as open
               where clock_timestamp() - begun
                     between greatest(interval '1 minute', (looked_at - begun) * 1.5)
                         and interval '7 days'
               order by reconciliation_id
               limit ?)
            update reconciliation set looked_at = clock_timestamp()
             where reconciliation_id in (select reconciliation_id from due) and state = 'OPEN'
            returning *
            """)
        .param(atMost)
        .query((row, _) -> ReconciliationRow.reconciliation(row))
        .list();
  }

  @Override
  public Set<UUID> foundMore(Collection<Look> looks, String by) {
    if (looks.isEmpty()) {
      return Set.of();
    }
    var found = changes.foundMore(looks, by);
    changes.keepComparisons(found);
    return found;
  }

  @Override
  public List<Reconciliation> resolveAgreed(
      @Nullable Set<WalletId> wallets, Instant at, String by) {
    return changes.resolveAgreed(
        wallets == null ? null : array("uuid", wallets, WalletId::value), at, by);
  }

  @Override
  public boolean settle(UUID id, Settled settled) {
    return jdbc.sql(
                """
                update reconciliation
                   set state = :state, how = :how, settled_at = :at, settled_by = :by, note = :note,
                       through = :through
                 where reconciliation_id = :id and state = 'OPEN'
                """)
            .param("state", settled.how().state().name())
            .param("how", settled.how().name())
            .param("at", timestamp(settled.at()))
            .param("by", settled.by())
            .param("note", settled.note())
            .param("through", settled.through())
            .param("id", id)
            .update()
        > 0;
  }

  @Override
  public Optional<Reconciliation> find(UUID id, Visibility visibility) {
    return jdbc.sql(
            """
            select * from reconciliation
             where reconciliation_id = :id
               and (:visible::uuid[] is null or connection_id = any (:visible::uuid[]))
            """)
        .param("id", id)
        .param("visible", uuids(visibility.connections()))
        .query((row, _) -> ReconciliationRow.reconciliation(row))
        .optional();
  }

  @Override
  public List<Comparison> comparisons(Reconciliation reconciliation) {
    return jdbc.sql(
            """
            select * from reconciliation_comparison
             where wallet_id = ? and reconciliation_id = ?
             order by compared_at
            """)
        .params(reconciliation.expected().walletId().value(), reconciliation.id())
        .query((row, _) -> ReconciliationRow.comparison(row))
        .list();
  }

  /** Only what is asked for is part of the statement, so that each has the plan that suits it. */
  @Override
  public Page<Reconciliation> page(Query query) {
    var where =
        new StringBuilder(
            "reconciliation_id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')");
    add(where, query.visibility().connections(), "connection_id = any (:visible::uuid[])");
    add(where, query.wallet(), "wallet_id = :wallet");
    add(where, query.connection(), "connection_id = :connection");
    add(where, query.state(), "state = '" + query.state() + "'");
    add(where, query.minDrift(), "abs(drift) >= :drift");
    add(where, query.from(), "as_of >= :from");
    add(where, query.to(), "as_of < :to");
    return Page.of(
        jdbc.sql(
                (isShortPeriod(query) ? PERIOD : "select * from reconciliation where ")
                    + where
                    + " order by reconciliation_id desc limit :limit")
            .param("before", query.before())
            .param("visible", uuids(query.visibility().connections()))
            .param("wallet", query.wallet() == null ? null : query.wallet().value())
            .param("connection", query.connection() == null ? null : query.connection().value())
            .param("drift", query.minDrift())
            .param("from", timestampOrNull(query.from()))
            .param("to", timestampOrNull(query.to()))
            .param("limit", query.limit() + 1)
            .query((row, _) -> ReconciliationRow.reconciliation(row))
            .list(),
        query.limit());
  }

  /**
   * A short one is read by its times, or whatever was said since would be read on the way to it; of
   * a long one, or of what is open, a page comes sooner in the order of the listing.
   */
  private static boolean isShortPeriod(Query query) {
    return query.wallet() == null
        && (query.state() == null || query.state() == State.AGREED)
        && query.from() != null
        && query.to() != null
        && !query.to().isAfter(query.from().plus(SHORT));
  }

  private static void add(StringBuilder where, @Nullable Object given, String condition) {
    if (given != null) {
      where.append(" and ").append(condition);
    }
  }

  @Override
  public Figures figures() {
    var pending = count("PENDING");
    var open = count("OPEN");
    return new Figures(
        pending,
        open,
        jdbc.sql(
                """
                select currency, sum(abs(drift)) as drift from reconciliation
                 where state = 'OPEN'
                 group by currency
                """)
            .query(
                (row, _) ->
                    new Difference(
                        row.getBigDecimal("drift"), new CurrencyCode(row.getString("currency"))))
            .list());
  }

  private long count(String state) {
    return jdbc.sql("select count(*) from reconciliation where state = '" + state + "'")
        .query(Long.class)
        .single();
  }
}
