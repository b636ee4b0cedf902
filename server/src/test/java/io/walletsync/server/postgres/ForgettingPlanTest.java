package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.server.support.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Forgetting looks at what it deletes and at nothing else, however much is kept. */
class ForgettingPlanTest {
  private static final int KEPT = 20_000;

  private static JdbcClient jdbc;
  private static Transactions transactions;

  @BeforeAll
  static void aDatabaseWithMuchInIt() {
    var database = TestDatabase.migrated();
    jdbc = JdbcClient.create(database.asApplication());
    transactions =
        new PostgresTransactions(new JdbcTransactionManager(database.asApplication()), jdbc);
    fill("nonce", "gen_random_uuid(), 'n', :until");
    fill(
        "idempotency_record",
        "gen_random_uuid(), 'k', 'f', gen_random_uuid(), :until, 'a', :until, :until");
    jdbc.sql(
            """
            insert into connection (connection_id, provider, name, created_at, removed_at)
            values (gen_random_uuid(), 'paystack', 'c', clock_timestamp(), clock_timestamp())
            """)
        .update();
    fill(
        "provider_event",
        "gen_random_uuid(), (select connection_id from connection), 'paystack', 't', null,"
            + " gen_random_uuid()::text, 'NOTHING', null, '', 'm', 0, :until, 'DONE', :until, 0,"
            + " :until, null");
    fill(
        "sync_run (run_id, kind, requester, requester_name, created_at, total, state, finished_at)",
        "gen_random_uuid(), 'ALL', gen_random_uuid(), 'r', :until, 0, 'COMPLETED', :until");
    jdbc.sql(
            """
            insert into subscription (
                     subscription_id, name, channel, target, sealed_by, filter, state, since_epoch,
                     since_transaction, since_event, created_at, updated_at)
            values (gen_random_uuid(), 'n', 'WEBHOOK', '', 'm', '{}', 'ACTIVE', 0, '0',
                    gen_random_uuid(), clock_timestamp(), clock_timestamp())
            """)
        .update();
    fill(
        "delivery",
        "(select subscription_id from subscription), gen_random_uuid(), 'balance.changed', :until,"
            + " '{}', 'DELIVERED', 1, 0, null, :until, null, :until, :until");
    database.look().sql("vacuum analyze").update();
  }

  /** Many rows that are kept, and 2,500 that are past their time. */
  private static void fill(String table, String values) {
    var until = "clock_timestamp() + (number - 2500 - 0.5) * interval '1 second'";
    jdbc.sql(
            "insert into %s select %s from generate_series(1, %d) as number"
                .formatted(table, values.replace(":until", until), KEPT))
        .update();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonce", "idempotency_record", "provider_event", "sync_run", "delivery"})
  void isDoneByTheIndexBatchByBatchUntilNothingIsLeft(String table) {
    assertReads(table, 1_000, 1_000);
    assertReads(table, 1_000, 1_000);

    var rest = transactions.inTransaction(() -> forget(table));

    // some more whose time came while this ran
    assertThat(rest).isBetween(500, 700);
    assertReads(table, 0, 60);
  }

  @Test
  void oldEventsThatWaitAreNeverForgotten() {
    jdbc.sql(
            """
            insert into provider_event
            select gen_random_uuid(), connection_id, 'paystack', 't', null, 'waits', 'EVERYTHING',
                   null, '', 'm', 0, clock_timestamp() - interval '3650 days', 'WAITING',
                   clock_timestamp() - interval '3650 days', 0, null, null
              from connection
            """)
        .update();

    var forgotten = events().forgetSettled(Duration.ofDays(3_000), 1_000);

    assertThat(forgotten).isZero();
  }

  /** The rows that one batch reads are those that it deletes, and each is looked for once. */
  private static void assertReads(String table, int least, int most) {
    var scans =
        transactions.inTransaction(
            () -> {
              var forgotten = forget(table);
              assertThat(forgotten).isBetween(least, most);
              return jdbc.sql(
                      """
                      select seq_scan, idx_tup_fetch from pg_stat_xact_user_tables
                       where relname = ?
                      """)
                  .param(table)
                  .query(
                      (row, _) -> new Scans(row.getLong("seq_scan"), row.getLong("idx_tup_fetch")))
                  .single();
            });

    assertThat(scans.sequential()).isZero();
    assertThat(scans.fetched()).isLessThanOrEqualTo(most + 100L);
  }

  private static int forget(String table) {
    return switch (table) {
      case "nonce" -> new PostgresNonces(jdbc).forgetExpired(1_000);
      case "idempotency_record" -> new PostgresSyncRequests(jdbc).forgetExpired(1_000);
      case "provider_event" -> events().forgetSettled(Duration.ZERO, 1_000);
      case "sync_run" -> new PostgresSyncRuns(jdbc).forgetFinished(Duration.ZERO, 1_000);
      case "delivery" ->
          new PostgresDeliveries(jdbc).forgetSettled(Duration.ZERO, Duration.ZERO, 1_000);
      default -> throw new AssertionError(table);
    };
  }

  private static PostgresProviderEvents events() {
    return new PostgresProviderEvents(jdbc, new SecretVault(MasterKey.of(new byte[32])));
  }

  private record Scans(long sequential, long fetched) {}
}
