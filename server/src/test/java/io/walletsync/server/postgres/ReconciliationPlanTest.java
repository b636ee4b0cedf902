package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.reconciliation.Reconciliation.State;
import io.walletsync.core.reconciliation.Reconciliations.Query;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.support.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Of the statements of years, only those are read that are asked for, or that wait. */
class ReconciliationPlanTest {
  private static final int KEPT = 20_000;
  private static final int PENDING = 50;
  private static final int OPEN = 40;
  private static final int OF_ONE_WALLET = 200;

  /** What planning itself may read: the ends of an index. */
  private static final int PLANNING = 5;

  private static final UUID WALLET = UUID.fromString("00000000-0000-7000-8000-000000000007");

  private static PostgresReconciliations reconciliations;
  private static Transactions transactions;
  private static JdbcClient jdbc;

  @BeforeAll
  static void yearsOfStatements() {
    var database = TestDatabase.migrated();
    jdbc = JdbcClient.create(database.asApplication());
    transactions =
        new PostgresTransactions(new JdbcTransactionManager(database.asApplication()), jdbc);
    reconciliations = new PostgresReconciliations(jdbc);
    jdbc.sql(
            """
            insert into reconciliation (
                     reconciliation_id, wallet_id, connection_id, provider, currency, expected,
                     as_of, reference, revision, tolerance, lag_seconds, recorded_by, recorded_at,
                     state, verdict, drift, compared_at)
            select gen_random_uuid(), wallet_id, wallet_id, 'p', 'NGN', 1,
                   clock_timestamp() - number * interval '1 minute', 'r', 1, 0, 0, 'k',
                   clock_timestamp() - number * interval '1 minute', state,
                   case state when 'OPEN' then 'DIFFERS' when 'AGREED' then 'AGREES' end, 1,
                   case when state <> 'PENDING' then clock_timestamp() end
              from (select number,
                           ('00000000-0000-7000-8000-' || lpad((number % 100)::text, 12, '0'))::uuid
                             as wallet_id,
                           case when number % 400 = 0 then 'PENDING'
                                when number % 500 = 1 then 'OPEN'
                                else 'AGREED' end as state
                      from generate_series(1, ?) as number) as said
            """)
        .param(KEPT)
        .update();
    database.look().sql("vacuum analyze").update();
  }

  @Test
  void aPageReadsItsRowsAndTheOneBehindThem() {
    assertReads(21, () -> page(null, null, null));
    assertReads(21, () -> page(new WalletId(WALLET), null, null));
    assertReads(21, () -> page(null, new ConnectionId(WALLET), null));
    assertReads(OPEN, () -> page(null, null, State.OPEN));
    assertReads(PENDING, () -> page(null, null, State.PENDING));
  }

  @Test
  void whatIsOffByMuchIsSoughtAmongWhatIsOpenOrOfOneWallet() {
    var much = new BigDecimal("1000");
    assertReads(OPEN, () -> reconciliations.page(query(null, State.OPEN, much, null, null)));
    assertReads(
        OF_ONE_WALLET,
        () -> reconciliations.page(query(new WalletId(WALLET), null, much, null, null)));
  }

  @Test
  void aPeriodReadsItsOwnStatementsAlone() {
    var to = Instant.now().minus(Duration.ofDays(7));
    var from = to.minus(Duration.ofHours(5));
    assertReads(301, () -> reconciliations.page(query(null, null, null, from, to)));
    assertReads(301, () -> reconciliations.page(query(null, null, new BigDecimal("5"), from, to)));
  }

  @Test
  void aPageOfALongPeriodReadsNoMoreThanAPage() {
    var begin = Instant.parse("1970-01-01T00:00:00Z");
    var end = Instant.parse("9999-01-01T00:00:00Z");
    assertReads(25, () -> reconciliations.page(query(null, null, null, begin, end)));
  }

  private static Query query(
      @Nullable WalletId wallet,
      @Nullable State state,
      @Nullable BigDecimal minDrift,
      @Nullable Instant from,
      @Nullable Instant to) {
    return new Query(Visibility.ALL, wallet, null, state, minDrift, from, to, null, 20);
  }

  @Test
  void aRoundReadsWhatWaits() {
    assertReads(PENDING, () -> reconciliations.pendingWithNews(null, 500));
    assertReads(3 * OPEN, () -> reconciliations.takeOpen(500));
    // each open one, and the first agreement of its wallet behind it
    assertReads(10 * OPEN, () -> reconciliations.resolveAgreed(null, Instant.EPOCH, "test"));
  }

  @Test
  void aStatementLooksAtItsOwnWalletOnly() {
    assertReads(
        OF_ONE_WALLET + OPEN,
        () -> reconciliations.resolveAgreed(Set.of(new WalletId(WALLET)), Instant.EPOCH, "test"));
  }

  @Test
  void theMetricsReadWhatWaits() {
    assertReads(PENDING + 2 * OPEN, reconciliations::figures);
  }

  private static Object page(
      @Nullable WalletId wallet, @Nullable ConnectionId connection, @Nullable State state) {
    return reconciliations.page(
        new Query(Visibility.ALL, wallet, connection, state, null, null, null, null, 20));
  }

  private static void assertReads(long most, Supplier<Object> work) {
    transactions.inTransaction(
        () -> {
          var result = work.get();
          jdbc.sql(
                  """
                  select seq_scan, idx_tup_fetch from pg_stat_xact_user_tables
                   where relname = 'reconciliation'
                  """)
              .query(
                  row -> {
                    assertThat(row.getLong("seq_scan")).isZero();
                    assertThat(row.getLong("idx_tup_fetch")).isLessThanOrEqualTo(most + PLANNING);
                  });
          return result;
        });
  }
}
