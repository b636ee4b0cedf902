package io.walletsync.bench;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Many wallets that are registered but never due until somebody says so. Their connections are made
 * over the API, which seals the credentials; the wallets, which hold no secret, by SQL.
 *
 * @param connections of Flutterwave's API v3
 * @param wallets in the order of their connections
 * @param balancesPerCall how many of them one call to the provider tells
 */
record Fleet(
    DatabaseAccess database, List<UUID> connections, List<UUID> wallets, int balancesPerCall) {
  private static final int THREADS = 8;
  private static final int AT_ONCE = 10_000;
  private static final int LONGEST_INTERVAL_SECONDS = 86_400;

  private record Row(UUID wallet, UUID connection, String account, String currency) {}

  /** Accounts with a wallet in each currency: one call tells them all. */
  static Fleet ofWholeAccounts(Installation installation, int accounts)
      throws SQLException, InterruptedException {
    var connections = connect(installation, accounts);
    var rows = new ArrayList<Row>();
    for (var connection : connections) {
      for (var currency : ProviderReplies.CURRENCIES) {
        rows.add(new Row(RowIds.next(), connection, "", currency));
      }
    }
    return of(installation, connections, rows, Scale.perAccount());
  }

  /** Wallets of payout sub-accounts: each needs a call of its own. */
  static Fleet ofSubAccounts(Installation installation, int accounts, int wallets)
      throws SQLException, InterruptedException {
    var connections = connect(installation, accounts);
    var rows =
        IntStream.range(0, wallets)
            .mapToObj(
                i ->
                    new Row(
                        RowIds.next(),
                        connections.get((int) ((long) i * accounts / wallets)),
                        "PSA%012d".formatted(i),
                        "NGN"))
            .toList();
    return of(installation, connections, rows, 1);
  }

  /** How many calls a sync of all takes. */
  long calls() {
    return wallets.size() / balancesPerCall;
  }

  private static Fleet of(
      Installation installation, List<UUID> connections, List<Row> rows, int balancesPerCall)
      throws SQLException {
    try (var connection = installation.database().connect()) {
      connection.setAutoCommit(false);
      for (var from = 0; from < rows.size(); from += AT_ONCE) {
        insert(connection, rows.subList(from, Math.min(from + AT_ONCE, rows.size())));
      }
      setInterval(connection, connections);
      connection.commit();
    }
    installation.database().execute("vacuum analyze wallet, wallet_schedule");
    return new Fleet(
        installation.database(),
        connections,
        rows.stream().map(Row::wallet).toList(),
        balancesPerCall);
  }

  private static void insert(Connection connection, List<Row> rows) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            with made as (
              insert into wallet (wallet_id, connection_id, provider, provider_account_id, currency,
                                  metadata, status, created_at, updated_at)
              select wallet_id, connection_id, 'flutterwave', account, currency, '{}', 'ACTIVE',
                     clock_timestamp(), clock_timestamp()
                from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[])
                       as made (wallet_id, connection_id, account, currency)
              returning wallet_id, provider
            )
            insert into wallet_schedule (wallet_id, provider, due_at, failures)
            select wallet_id, provider, null, 0
              from made
            """)) {
      statement.setArray(1, array(connection, "uuid", rows.stream().map(Row::wallet).toArray()));
      statement.setArray(
          2, array(connection, "uuid", rows.stream().map(Row::connection).toArray()));
      statement.setArray(3, array(connection, "text", rows.stream().map(Row::account).toArray()));
      statement.setArray(4, array(connection, "text", rows.stream().map(Row::currency).toArray()));
      statement.execute();
    }
  }

  /** So that nothing is due a second time while it is looked at. */
  private static void setInterval(Connection connection, List<UUID> connections)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "update connection set sync_interval_seconds = ? where connection_id = any (?)")) {
      statement.setInt(1, LONGEST_INTERVAL_SECONDS);
      statement.setArray(2, array(connection, "uuid", connections.toArray()));
      statement.execute();
    }
  }

  private static Array array(Connection connection, String type, Object[] values)
      throws SQLException {
    return connection.createArrayOf(type, values);
  }

  private static List<UUID> connect(Installation installation, int accounts)
      throws InterruptedException {
    var made = Collections.synchronizedList(new ArrayList<UUID>());
    InParallel.run(
        Math.min(THREADS, accounts),
        part -> {
          try (var api = installation.api()) {
            for (var i = part; i < accounts; i += Math.min(THREADS, accounts)) {
              made.add(api.connectFlutterwave());
            }
          }
        });
    return List.copyOf(made);
  }
}
