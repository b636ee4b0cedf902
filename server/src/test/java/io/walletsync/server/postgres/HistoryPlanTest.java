package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceHistory.Order;
import io.walletsync.core.balance.BalanceHistory.Query;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.support.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Questions about the past read ranges of indexes, however much is kept. The database itself tells
 * what it did for each statement: plan, rows and time.
 */
class HistoryPlanTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SNAPSHOTS = 2_000;
  private static final Duration STEP = Duration.ofMinutes(21);

  private static TalkingSession session;
  private static BalanceHistory history;
  private static TestDatabase database;

  @BeforeAll
  static void aDatabaseWithMuchInIt() throws SQLException {
    database = TestDatabase.migrated();
    fill(1, 12);
    database
        .look()
        .sql(
            """
            insert into late_reading
            select wallet_id, gen_random_uuid(), currency, 1, null, null, null, null, as_of, as_of,
                   'API', '{}', as_of + interval '3 seconds'
              from wallet_balance_snapshot
             where sequence % 10 = 0
            """)
        .update();
    database.look().sql("vacuum analyze").update();
    session = TalkingSession.of(database);
    history = new PostgresBalanceHistory(session.jdbc());
  }

  @AfterAll
  static void leave() {
    session.close();
  }

  /** Wallets whose snapshots lie among each other, as they do when they come with time. */
  private static void fill(int first, int last) {
    database
        .look()
        .sql(
            """
            insert into wallet_balance_snapshot (
                     wallet_id, sequence, snapshot_id, provider, currency, available, as_of,
                     call_started_at, observed_at, source, metadata, created_at)
            select ('00000000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid, sequence,
                   gen_random_uuid(), 'paystack', 'NGN', (sequence * 7919 + number) % 100000 / 100.0,
                   time, time, time, 'SCHEDULE', '{}', time
              from generate_series(1, :snapshots) as sequence,
                   generate_series(:first, :last) as number,
                   lateral (select :begin::timestamptz + sequence * interval '21 minutes'
                                   + number * interval '1 millisecond' as time) as times
             order by sequence, number
            """)
        .param("snapshots", SNAPSHOTS)
        .param("first", first)
        .param("last", last)
        .param("begin", BEGIN.toString())
        .update();
  }

  private static WalletId wallet(int number) {
    return new WalletId(
        UUID.fromString("00000000-0000-7000-8000-" + String.format(Locale.ROOT, "%012x", number)));
  }

  private static Set<WalletId> some(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(HistoryPlanTest::wallet)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Instant time(int snapshots) {
    return BEGIN.plus(STEP.multipliedBy(snapshots));
  }

  private static Query page(Order order) {
    return Query.first(wallet(7), time(100), time(1_900), order, 100);
  }

  @Test
  void aPageReadsNoMoreSnapshotsThanItHas() {
    // of late readings, which are few, it may take all of the wallet at once and sort them
    session.assertReads(225, () -> history.page(page(Order.NEWEST_FIRST)));
    session.assertReads(225, () -> history.page(page(Order.OLDEST_FIRST)));
  }

  @Test
  void aTimeReadsOneRowOfEachWallet() {
    session.assertReads(5, () -> history.at(some(5), time(1_000)));
    session.assertReads(150, () -> history.at(some(1), time(1_900), time(1_000)));
  }

  @Test
  void aTraceReadsThePeriodAlone() {
    session.assertReads(502, () -> history.trace(wallet(7), time(1_000), time(1_500), _ -> {}));
  }

  @Test
  void countingChangesReadsTwoRowsOfEachWalletHoweverManyLieBetween() {
    session.assertReads(5, () -> history.changes(some(5), time(10), time(1_900)));
  }

  @Test
  void aSnapshotIsFoundAroundTheTimeInItsId() {
    var made = time(1_000).toEpochMilli();
    var id = new UUID((made << 16) | 0x7000L, 0x8000_0000_0000_0000L);

    session.assertReads(300, () -> history.find(wallet(7), id));
  }

  /** 20,000,000 snapshots of 10,000 wallets: the figures and the marks of docs/performance.md. */
  @Tag("long")
  @Test
  void whatLookingBackCostsBesideTheLatestBalance() throws SQLException {
    fillAll();
    for (var question :
        List.<Runnable>of(
            () -> history.page(page(Order.NEWEST_FIRST)),
            () -> history.page(page(Order.OLDEST_FIRST)),
            () -> history.at(some(5), time(1_000)),
            () -> history.trace(wallet(7), BEGIN, time(3_000), _ -> {}),
            () -> history.changes(some(5), time(10), time(1_900)))) {
      session.assertReads(2_002, question);
    }

    // looking at each step takes time of its own
    session.looksClosely(false);
    costs("with sending", session.jdbc(), session::took);
    session.looksClosely(true);

    try (var work = new ExplainedWork(database)) {
      var costs = costs("work alone", work.jdbc(), work::of);
      assertThat(costs.page().again() / costs.latest().again()).isLessThanOrEqualTo(3);
      assertThat(costs.curve().again() / costs.latest().again()).isLessThanOrEqualTo(20);
    }
  }

  private static Costs costs(String what, JdbcClient jdbc, ToDoubleFunction<Runnable> clock) {
    var rows = new PostgresBalanceHistory(jdbc);
    var balances = new PostgresBalanceSnapshots(jdbc);
    var costs =
        new Costs(
            times(clock, number -> plainLatest(jdbc, number)),
            times(clock, number -> balances.latest(Set.of(wallet(number)))),
            times(clock, number -> rows.page(firstPage(number))),
            times(clock, number -> rows.trace(wallet(number), BEGIN, time(3_000), _ -> {})));
    System.out.println(what + ", ms of a first look and of one that finds its pages: " + costs);
    return costs;
  }

  private static Query firstPage(int number) {
    return Query.first(wallet(number), BEGIN, time(3_000), Order.NEWEST_FIRST, 100);
  }

  /** The keys are made when all is there: that takes a tenth of the time. */
  private static void fillAll() {
    var keys =
        database
            .look()
            .sql(
                """
                select conname, pg_get_constraintdef(oid) as definition
                  from pg_constraint
                 where conrelid = 'wallet_balance_snapshot'::regclass and contype in ('p', 'u')
                """)
            .query((row, _) -> Map.entry(row.getString(1), row.getString(2)))
            .list();
    keys.forEach(
        key ->
            database
                .look()
                .sql("alter table wallet_balance_snapshot drop constraint " + key.getKey())
                .update());
    fill(13, 10_000);
    keys.forEach(
        key ->
            database
                .look()
                .sql(
                    "alter table wallet_balance_snapshot add constraint %s %s"
                        .formatted(key.getKey(), key.getValue()))
                .update());
    database
        .look()
        .sql(
            """
            insert into connection (connection_id, provider, name, created_at, removed_at)
            values (gen_random_uuid(), 'paystack', 'c', clock_timestamp(), clock_timestamp())
            """)
        .update();
    database
        .look()
        .sql(
            """
            insert into wallet
            select wallet_id, (select connection_id from connection), 'paystack', wallet_id::text,
                   'NGN', null, null, '{}', 'ACTIVE', as_of, as_of, sequence, snapshot_id,
                   available, ledger, locked, null, as_of, null, call_started_at, observed_at,
                   source, null, null, metadata, created_at, created_at, created_at
              from wallet_balance_snapshot
             where sequence = 2000
            """)
        .update();
    database.look().sql("vacuum analyze").update();
  }

  /** One row by its primary key, without what a balance also says of doubts. */
  private static void plainLatest(JdbcClient jdbc, int number) {
    jdbc.sql(
            "select latest_sequence, latest_available, latest_as_of from wallet where wallet_id = ?")
        .param(wallet(number).value())
        .query()
        .listOfRows();
  }

  /** What a plain select, the latest balance, a page of 100 and a curve of 2,000 cost. */
  private record Costs(Times plain, Times latest, Times page, Times curve) {}

  /** Medians over wallets that lie apart: of a first look at each, and of a second one. */
  private record Times(double first, double again) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.3f %.3f", first, again);
    }
  }

  private static Times times(ToDoubleFunction<Runnable> clock, IntConsumer question) {
    var first = new ArrayList<Double>();
    var again = new ArrayList<Double>();
    for (var i = 1; i <= 10_000; i += 25) {
      var number = i;
      first.add(clock.applyAsDouble(() -> question.accept(number)));
      again.add(clock.applyAsDouble(() -> question.accept(number)));
    }
    return new Times(median(first), median(again));
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }
}
