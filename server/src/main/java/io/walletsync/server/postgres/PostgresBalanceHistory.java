package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.uuid;
import static java.util.Comparator.comparing;

import io.walletsync.core.balance.BalanceFact;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalancePoint;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The history in PostgreSQL: each question is a range of an index that leads with the wallet. */
final class PostgresBalanceHistory implements BalanceHistory {
  private static final int TRACED_AT_ONCE = 5_000;
  private static final int VERSION_OF_TIMED_IDS = 7;
  private static final Duration AROUND = Duration.ofDays(1);

  /** Ids as the database orders them: by their bytes, which is how their text is ordered too. */
  private static final Comparator<Position> IN_ORDER =
      comparing(Position::time).thenComparing(position -> position.id().toString());

  private final JdbcClient jdbc;

  PostgresBalanceHistory(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Page<BalanceFact> page(Query query) {
    var rows =
        switch (query.order()) {
          case OLDEST_FIRST -> facts(query, "<", query.to(), ">", "asc");
          case NEWEST_FIRST -> facts(query, ">=", query.from(), "<", "desc");
        };
    var order = query.order() == Order.OLDEST_FIRST ? IN_ORDER : IN_ORDER.reversed();
    return Page.of(
        rows.stream()
            .filter(fact -> order.compare(Position.of(fact), query.after()) > 0)
            .sorted(comparing(Position::of, order))
            .limit(query.limit() + 1L)
            .toList(),
        query.limit());
  }

  /**
   * Of each table as many as the page has, so that neither is read further than that. They are put
   * in order here: each comes in its own already, and the database would copy all rows once more.
   * Of one time there is one snapshot at most, so at most one is read that lies before the page.
   */
  private List<BalanceFact> facts(
      Query query, String within, Instant end, String behind, String direction) {
    return jdbc.sql(
            """
            (select <snapshot>
               from wallet_balance_snapshot
              where wallet_id = :wallet and as_of <within> :end and as_of <behind>= :time
              order by as_of <direction>
              limit :limit + 1)
            union all
            (select <late>
               from late_reading
              where wallet_id = :wallet and call_started_at <within> :end
                and (call_started_at, reading_id) <behind> (:time, :id)
              order by call_started_at <direction>, reading_id <direction>
              limit :limit)
            """
                .replace("<snapshot>", FactRow.SNAPSHOT)
                .replace("<late>", FactRow.LATE)
                .replace("<within>", within)
                .replace("<behind>", behind)
                .replace("<direction>", direction))
        .param("wallet", query.wallet().value())
        .param("end", timestamp(end))
        .param("time", timestamp(query.after().time()))
        .param("id", query.after().id())
        .param("limit", query.limit() + 1)
        .query((row, _) -> FactRow.read(row))
        .list();
  }

  @Override
  public Map<WalletId, BalanceFact> at(Set<WalletId> wallets, Instant at, Instant knownAt) {
    var facts = new HashMap<WalletId, BalanceFact>(snapshotsAt(wallets, at, knownAt));
    for (var late : lateReadingsAt(wallets, at, knownAt)) {
      facts.merge(late.walletId(), late, PostgresBalanceHistory::newer);
    }
    return facts;
  }

  /** Late readings come in the order of their times, and of their ids where these are the same. */
  private static BalanceFact newer(BalanceFact known, BalanceFact late) {
    var isSnapshot = known instanceof BalanceFact.Snapshot;
    var difference = late.trueFrom().compareTo(known.trueFrom());
    return difference > 0 || (difference == 0 && !isSnapshot) ? late : known;
  }

  private Map<WalletId, BalanceFact> snapshotsAt(
      Set<WalletId> wallets, Instant at, Instant knownAt) {
    return jdbc
        .sql(
            """
            select newest.*
              from wallet_balance_snapshot as first
             cross join lateral (
                   select state.* from wallet_balance_snapshot as state
                    where state.wallet_id = first.wallet_id
                      and state.as_of <= ? and state.created_at <= ?
                    order by state.as_of desc
                    limit 1) as newest
             where first.wallet_id = any (?) and first.sequence = 1
            """)
        .param(timestamp(earlier(at, knowable(knownAt))))
        .param(timestamp(knownAt))
        .param(array("uuid", wallets, WalletId::value))
        .query((row, _) -> SnapshotRow.ofHistory(row))
        .list()
        .stream()
        .collect(Collectors.toMap(WalletBalanceSnapshot::walletId, BalanceFact.Snapshot::new));
  }

  /**
   * No state is known long before it is true, whatever the clocks did: what begins later need not
   * be read to see that it was not known yet.
   */
  private static Instant knowable(Instant knownAt) {
    return earlier(knownAt, END.minus(AROUND)).plus(AROUND);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private List<BalanceFact.Late> lateReadingsAt(
      Set<WalletId> wallets, Instant at, Instant knownAt) {
    return jdbc.sql(
            """
            select * from late_reading
             where wallet_id = any (?) and call_started_at <= ?
               and coalesce(stands_until, recorded_at) > ? and recorded_at <= ?
             order by call_started_at, reading_id
            """)
        .param(array("uuid", wallets, WalletId::value))
        .param(timestamp(at))
        .param(timestamp(at))
        .param(timestamp(knownAt))
        .query((row, _) -> FactRow.late(row))
        .list();
  }

  /**
   * The id tells when the snapshot was made; all that the wallet has is read only if that fails.
   */
  @Override
  public Optional<WalletBalanceSnapshot> find(WalletId wallet, UUID snapshotId) {
    if (snapshotId.version() == VERSION_OF_TIMED_IDS) {
      var made = Instant.ofEpochMilli(snapshotId.getMostSignificantBits() >>> 16);
      var found = find(wallet, snapshotId, made.minus(AROUND), made.plus(AROUND));
      if (found.isPresent()) {
        return found;
      }
    }
    return find(wallet, snapshotId, BEGINNING, END);
  }

  private Optional<WalletBalanceSnapshot> find(
      WalletId wallet, UUID snapshotId, Instant from, Instant to) {
    return jdbc.sql(
            """
            select * from wallet_balance_snapshot
             where wallet_id = ? and as_of between ? and ? and snapshot_id = ?
            """)
        .param(wallet.value())
        .param(timestamp(from))
        .param(timestamp(to))
        .param(snapshotId)
        .query((row, _) -> SnapshotRow.ofHistory(row))
        .optional();
  }

  @Override
  public List<WalletBalanceSnapshot> snapshots(WalletId wallet, long from, int limit) {
    return jdbc.sql(
            """
            select * from wallet_balance_snapshot
             where wallet_id = ? and sequence >= ?
             order by sequence
             limit ?
            """)
        .params(wallet.value(), from, limit)
        .query((row, _) -> SnapshotRow.ofHistory(row))
        .list();
  }

  @Override
  public void trace(WalletId wallet, Instant from, Instant to, Consumer<BalancePoint> each) {
    var points = entering(wallet, from, to);
    points.forEach(each);
    while (points.size() == TRACED_AT_ONCE) {
      points = following(wallet, points.getLast().asOf(), to);
      points.forEach(each);
    }
  }

  private List<BalancePoint> entering(WalletId wallet, Instant from, Instant to) {
    return jdbc.sql(
            """
            select sequence, as_of, available from wallet_balance_snapshot
             where wallet_id = :wallet and as_of < :to
               and as_of >= coalesce((select max(as_of) from wallet_balance_snapshot
                                       where wallet_id = :wallet and as_of < :from), :from)
             order by as_of
             limit :limit
            """)
        .param("wallet", wallet.value())
        .param("from", timestamp(from))
        .param("to", timestamp(to))
        .param("limit", TRACED_AT_ONCE)
        .query((row, _) -> point(row))
        .list();
  }

  private List<BalancePoint> following(WalletId wallet, Instant last, Instant to) {
    return jdbc.sql(
            """
            select sequence, as_of, available from wallet_balance_snapshot
             where wallet_id = ? and as_of > ? and as_of < ?
             order by as_of
             limit ?
            """)
        .param(wallet.value())
        .param(timestamp(last))
        .param(timestamp(to))
        .param(TRACED_AT_ONCE)
        .query((row, _) -> point(row))
        .list();
  }

  private static BalancePoint point(ResultSet row) throws SQLException {
    return new BalancePoint(
        row.getLong("sequence"), instant(row, "as_of"), row.getBigDecimal("available"));
  }

  @Override
  public Map<WalletId, Long> changes(Set<WalletId> wallets, Instant from, Instant to) {
    return jdbc
        .sql(
            """
            select first.wallet_id, until.sequence - coalesce(since.sequence, 1) as changes
              from wallet_balance_snapshot as first
             cross join lateral (
                   select state.sequence from wallet_balance_snapshot as state
                    where state.wallet_id = first.wallet_id and state.as_of < ?
                    order by state.as_of desc
                    limit 1) as until
              left join lateral (
                   select state.sequence from wallet_balance_snapshot as state
                    where state.wallet_id = first.wallet_id and state.as_of < ?
                    order by state.as_of desc
                    limit 1) as since on true
             where first.wallet_id = any (?) and first.sequence = 1
            """)
        .param(timestamp(to))
        .param(timestamp(from))
        .param(array("uuid", wallets, WalletId::value))
        .query((row, _) -> Map.entry(new WalletId(uuid(row, "wallet_id")), row.getLong("changes")))
        .list()
        .stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
