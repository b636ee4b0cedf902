package io.walletsync.server.postgres;

import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.support.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** However much was found in years, metrics and listings read a few rows of it. */
class MovementFindingsPlanTest {
  private static final int WALLETS_WITH_SOME = 20;
  private static final WalletId WALLET =
      new WalletId(UUID.fromString("00000000-0000-7000-8000-000000000007"));

  private static TalkingSession session;
  private static PostgresMovementFindings findings;
  private static PostgresMovementImports imports;

  @BeforeAll
  static void yearsOfFindings() throws SQLException {
    var database = TestDatabase.migrated();
    for (var statement :
        new String[] {
          """
          insert into movement_import (
                   wallet_id, failures, due_at, ended_at, holes, unexplained_changes,
                   unexplained_amount, unexplained_in)
          select ('00000000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid, 0, now(),
                 now() - number * interval '1 second',
                 case when number <= 20 then 1000 else 0 end,
                 case when number <= 20 then 1000 else 0 end,
                 case when number <= 20 then 1000 else 0 end, 'NGN'
            from generate_series(1, 20000) as number
          """,
          """
          insert into movement_hole
          select ('00000000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid, 'b' || row,
                 'a' || row, now() - row * interval '1 minute',
                 now() - row * interval '1 minute', 'NGN', 1
            from generate_series(1, 1000) as row, generate_series(1, 20) as number
          """,
          """
          insert into unexplained_change
          select ('00000000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid, row, 'NGN', 1
            from generate_series(1, 1000) as row, generate_series(1, 20) as number
          """,
          "vacuum analyze"
        }) {
      database.look().sql(statement).update();
    }
    session = TalkingSession.of(database);
    findings = new PostgresMovementFindings(session.jdbc());
    imports = new PostgresMovementImports(session.jdbc());
  }

  @AfterAll
  static void leave() {
    session.close();
  }

  @Test
  void theMetricsReadARowForEachWalletThatHasSome() {
    session.assertReads(2 * WALLETS_WITH_SOME, findings::figures);
    session.assertReads(1, imports::oldest);
  }

  @Test
  void aPageOfHolesReadsItsOwnRowsAlone() {
    session.assertReads(21, () -> findings.holes(WALLET, null, 20));
    session.assertReads(
        60, () -> findings.beginOfHoles(WALLET, Instant.now().minusSeconds(60L * 58)));
  }
}
