package io.walletsync.server.postgres;

import io.walletsync.core.movement.Movements;
import io.walletsync.core.movement.Movements.Order;
import io.walletsync.core.movement.Movements.Place;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.support.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Questions about movements read ranges of an index, however many are kept. */
class MovementPlanTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final WalletId WALLET =
      new WalletId(UUID.fromString("00000000-0000-7000-8000-000000000007"));

  private static TalkingSession session;
  private static Movements movements;

  @BeforeAll
  static void aDatabaseWithMuchInIt() throws SQLException {
    var database = TestDatabase.migrated();
    database
        .look()
        .sql(
            """
            insert into provider_movement
            select ('00000000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid,
                   md5(number || ' ' || row), :begin::timestamptz + row * interval '1 minute',
                   'NGN', 1, row, null, null, null, '{}', now()
              from generate_series(1, 2000) as row, generate_series(1, 12) as number
             order by row, number
            """)
        .param("begin", BEGIN.toString())
        .update();
    database.look().sql("vacuum analyze").update();
    session = TalkingSession.of(database);
    movements = new PostgresMovements(session.jdbc());
  }

  @AfterAll
  static void leave() {
    session.close();
  }

  private static Instant minute(int minute) {
    return BEGIN.plus(Duration.ofMinutes(minute));
  }

  @Test
  void aPageReadsItsOwnRowsAlone() {
    for (var order : Order.values()) {
      session.assertReads(101, () -> movements.page(page(order, null)));
      session.assertReads(
          102, () -> movements.page(page(order, new Place(minute(900), "somewhere"))));
    }
  }

  private static Movements.Query page(Order order, @Nullable Place after) {
    return new Movements.Query(WALLET, minute(100), minute(1_900), order, after, 100);
  }

  @Test
  void aSumReadsThePeriodAlone() {
    session.assertReads(500, () -> movements.sum(WALLET, minute(500), minute(1_000)));
  }

  @Test
  void theNewestBeforeATimeIsOneStep() {
    session.assertReads(1, () -> movements.newestBefore(WALLET, minute(1_000)));
  }
}
