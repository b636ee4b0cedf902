package io.walletsync.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;

/** Lets all wallets of a fleet be due at one moment, and waits until each has had its turn. */
final class DueFleet {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Installation installation;
  private final Fleet fleet;
  private final boolean isMoneyMoving;

  /**
   * Makes one.
   *
   * @param isMoneyMoving whether every call tells other amounts
   */
  DueFleet(Installation installation, Fleet fleet, boolean isMoneyMoving) {
    this.installation = installation;
    this.fleet = fleet;
    this.isMoneyMoving = isMoneyMoving;
  }

  /** What a turn of all of them took, and what is not as it must be. */
  record Turn(Sample sample, double walletsPerCall, List<String> flaws) {}

  Turn take() throws IOException, SQLException, InterruptedException {
    installation.stub().change(isMoneyMoving);
    if (!isMoneyMoving) {
      turn(); // or the last move of the money would be seen
    }
    return turn();
  }

  private Turn turn() throws IOException, SQLException, InterruptedException {
    fleet.database().execute("vacuum wallet_schedule");
    var calls = installation.stub().calls();
    var before = state();
    ProcessTimes.forgetPeak(installation.server().pid());
    try (var connection = fleet.database().connect()) {
      connection.setAutoCommit(false);
      makeDue(connection);
      var due = InstantSource.system().instant();
      var used = installation.used();
      var began = System.nanoTime();
      connection.commit();
      awaitTurns(connection, due);
      var took = Duration.ofNanos(System.nanoTime() - began);
      var sample =
          Sample.of(
              fleet.wallets().size(),
              took,
              new Latencies(LongStream.empty()),
              installation.used().since(used),
              ProcessTimes.peakMemory(installation.server().pid()));
      var walletsPerCall = (double) fleet.wallets().size() / (installation.stub().calls() - calls);
      return new Turn(sample, walletsPerCall, flaws(before, due));
    }
  }

  private List<String> flaws(State before, Instant due) throws SQLException {
    var after = state();
    var wallets = fleet.wallets().size();
    return Flaws.none()
        .unless("snapshots made", isMoneyMoving ? wallets : 0, after.snapshots - before.snapshots)
        .unless("highest sequences", after.snapshots, after.highestSequences)
        .unless("wallets confirmed", wallets, confirmedSince(due))
        .unless("turns that failed", 0, after.failures)
        .found();
  }

  private record State(long snapshots, long highestSequences, long failures) {}

  private State state() throws SQLException {
    var database = fleet.database();
    return new State(
        database.count("select count(*) from wallet_balance_snapshot"),
        database.count("select coalesce(sum(latest_sequence), 0) from wallet"),
        database.count("select coalesce(sum(failures), 0) from wallet_schedule"));
  }

  /**
   * At one time for the wallets of an account, as the schedule has it, and in an order that mixes
   * the accounts, as that of a fleet in use is mixed.
   */
  private void makeDue(Connection connection) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            update wallet_schedule as place
               set due_at = (select clock_timestamp())
                            - (1 + abs(hashtext(wallet.connection_id::text
                                                || wallet.provider_account_id)::bigint) % 3000000)
                              * interval '1 microsecond',
                   failures = 0
              from wallet
             where wallet.wallet_id = place.wallet_id
               and wallet.connection_id = any (?)
            """)) {
      statement.setArray(1, connection.createArrayOf("uuid", fleet.connections().toArray()));
      statement.execute();
    }
  }

  private void awaitTurns(Connection connection, Instant due)
      throws SQLException, InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var statement =
        connection.prepareStatement(
            """
            select exists (select 1
                             from wallet_schedule
                            where provider = 'flutterwave'
                              and due_at < ?::timestamptz + interval '1 hour')
            """)) {
      statement.setString(1, due.toString());
      while (System.nanoTime() < deadline) {
        try (var rows = statement.executeQuery()) {
          rows.next();
          if (!rows.getBoolean(1)) {
            return;
          }
        }
        connection.commit();
        Thread.sleep(BETWEEN_LOOKS);
      }
    }
    throw new BenchProblem("Not every wallet had its turn within a quarter of an hour.");
  }

  private long confirmedSince(Instant due) throws SQLException {
    try (var connection = fleet.database().connect();
        var statement =
            connection.prepareStatement(
                """
                select count(*)
                  from wallet
                 where connection_id = any (?)
                   and confirmed_at >= ?::timestamptz
                """)) {
      statement.setArray(1, connection.createArrayOf("uuid", fleet.connections().toArray()));
      statement.setString(2, due.toString());
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
