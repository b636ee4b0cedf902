package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.analytics.Period;
import io.walletsync.core.export.ExportMovements;
import io.walletsync.core.export.ExportSnapshots;
import io.walletsync.core.export.ExportedWallets;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.position.Position.By;
import io.walletsync.core.position.ReadPositions;
import io.walletsync.core.position.WalletStandings.Filter;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.server.support.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A question about all wallets passes by each of them once, and reads of their history no more than
 * it asks for: counted from the first statement to the last, in the pages that the use cases take.
 */
class PositionPlanTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int WALLETS = 4_500;
  private static final int SNAPSHOTS = 40;
  private static final UUID FIRST = UUID.fromString("00000000-0000-7000-8000-000000000001");

  /** What planning itself may read: the ends of an index. */
  private static final int PLANNING = 40;

  private static Transactions transactions;
  private static JdbcClient jdbc;

  @BeforeAll
  static void manyWalletsWithAPast() {
    var database = TestDatabase.migrated();
    jdbc = JdbcClient.create(database.asApplication());
    transactions =
        new PostgresTransactions(new JdbcTransactionManager(database.asApplication()), jdbc);
    var look = database.look();
    look.sql(
            """
            insert into connection (connection_id, provider, name, created_at, removed_at)
            select ('00000000-0000-7000-8000-' || lpad(number::text, 12, '0'))::uuid, 'paystack', 'c',
                   now(), now()
              from generate_series(1, 9) as number
            """)
        .update();
    look.sql(
            """
            insert into wallet (wallet_id, connection_id, provider, provider_account_id, currency,
                                metadata, status, created_at, updated_at)
            select ('00000000-0000-7000-9000-' || lpad(number::text, 12, '0'))::uuid,
                   ('00000000-0000-7000-8000-' || lpad((1 + number % 9)::text, 12, '0'))::uuid,
                   'paystack', number::text, 'NGN', '{}', 'ACTIVE', :begin::timestamptz,
                   :begin::timestamptz
              from generate_series(1, :wallets) as number
            """)
        .param("begin", BEGIN.toString())
        .param("wallets", WALLETS)
        .update();
    look.sql(
            """
            insert into wallet_balance_snapshot (
                     wallet_id, sequence, snapshot_id, provider, currency, available, as_of,
                     call_started_at, observed_at, source, metadata, created_at)
            select wallet_id, sequence, gen_random_uuid(), 'paystack', 'NGN', sequence, time, time,
                   time, 'SCHEDULE', '{}', time
              from wallet, generate_series(1, :snapshots) as sequence,
                   lateral (select :begin::timestamptz + sequence * interval '1 hour' as time) as times
             order by sequence, wallet_id
            """)
        .param("snapshots", SNAPSHOTS)
        .param("begin", BEGIN.toString())
        .update();
    look.sql(
            """
            insert into provider_movement (wallet_id, movement_key, occurred_at, currency, difference,
                                           metadata, imported_at)
            select wallet_id, sequence::text, as_of, currency, 1, '{}', as_of
              from wallet_balance_snapshot
             order by sequence, wallet_id
            """)
        .update();
    look.sql(
            """
            insert into wallet_closure
            select wallet_id, as_of, as_of + interval '30 minutes' from wallet_balance_snapshot
             where sequence in (3, 6) or sequence > 10
            """)
        .update();
    look.sql(
            """
            insert into late_reading (wallet_id, reading_id, currency, available, call_started_at,
                                      observed_at, source, metadata, recorded_at, stands_until)
            select wallet_id, gen_random_uuid(), currency, 1, as_of, as_of, 'API', '{}', as_of, as_of
              from wallet_balance_snapshot where sequence = 2 or sequence > 10
            """)
        .update();
    look.sql("vacuum analyze").update();
  }

  @Test
  void positionsOfAPastTimeReadTheStateOfThenOfEachWallet() {
    var read = reads(() -> positions(null, BEGIN.plus(Duration.ofHours(8))));

    // the first state, which tells that there is one, and the one that stood
    assertThat(read.get("wallet_balance_snapshot")).isLessThanOrEqualTo(2L * WALLETS + PLANNING);
    assertThat(read.get("late_reading")).isLessThanOrEqualTo(WALLETS + PLANNING);
    assertThat(read.get("wallet_closure")).isLessThanOrEqualTo(2L * WALLETS + PLANNING);
  }

  @Test
  void positionsOfOneConnectionReadTheHistoryOfItsWalletsAlone() {
    var read = reads(() -> positions(new ConnectionId(FIRST), BEGIN.plus(Duration.ofHours(8))));

    assertThat(read.get("wallet_balance_snapshot"))
        .isLessThanOrEqualTo(2L * WALLETS / 9 + PLANNING);
  }

  @Test
  void theWalkOfAnExportReadsEachWalletAndEachRowOnce() {
    var end = BEGIN.plus(Duration.ofHours(2));
    var rows = new AtomicInteger();

    var snapshots =
        reads(
            () ->
                new ExportSnapshots(new PostgresWallets(jdbc), new PostgresBalanceHistory(jdbc))
                    .export(
                        new ExportSnapshots.Query(all(), new Period(BEGIN, end), null),
                        _ -> rows.incrementAndGet()));
    var movements =
        reads(
            () ->
                new ExportMovements(new PostgresWallets(jdbc), new PostgresMovements(jdbc))
                    .export(
                        new ExportMovements.Query(all(), new Period(BEGIN, end), null),
                        (_, _) -> rows.incrementAndGet()));

    assertThat(rows).hasValue(2 * WALLETS);
    // and of each page the one behind it
    assertThat(snapshots.get("wallet")).isLessThanOrEqualTo(WALLETS + 5L + PLANNING);
    assertThat(movements.get("wallet")).isLessThanOrEqualTo(WALLETS + 5L + PLANNING);
    assertThat(snapshots.get("wallet_balance_snapshot")).isLessThanOrEqualTo(WALLETS + PLANNING);
    assertThat(movements.get("provider_movement")).isLessThanOrEqualTo(WALLETS + PLANNING);
  }

  private static ExportedWallets all() {
    return new ExportedWallets(Visibility.ALL, null, null, null, null);
  }

  private static void positions(@Nullable ConnectionId connection, Instant at) {
    var read =
        new ReadPositions(
                transactions,
                new PostgresWalletStandings(jdbc),
                new PostgresWalletClosures(jdbc),
                new PostgresBalanceHistory(jdbc))
            .read(
                new ReadPositions.Query(
                    new Filter(Visibility.ALL, null, null, connection, null),
                    Set.of(By.OWNER),
                    at,
                    null,
                    false));
    assertThat(((ReadPositions.Outcome.Found) read).positions()).hasSize(1);
  }

  /** How many rows of each table were read, by an index or from one end to the other. */
  private static Map<String, Long> reads(Runnable work) {
    return transactions.inTransaction(
        () -> {
          work.run();
          return jdbc
              .sql(
                  """
                  select relname, coalesce(idx_tup_fetch, 0) + seq_tup_read as rows
                    from pg_stat_xact_user_tables
                  """)
              .query((row, _) -> Map.entry(row.getString("relname"), row.getLong("rows")))
              .list()
              .stream()
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        });
  }
}
