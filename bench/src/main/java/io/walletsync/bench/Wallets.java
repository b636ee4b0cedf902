package io.walletsync.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Wallets that share no call: each is the only one of its provider account.
 *
 * @param ids as many as there are connections at most
 */
record Wallets(DatabaseAccess database, List<UUID> ids) {
  /** How much there is of them in the database. */
  record State(long snapshots, long highestSequences, long audits, long replays) {}

  static Wallets atFlutterwave(Installation installation, int count) throws IOException {
    var ids = new ArrayList<UUID>();
    try (var api = installation.api()) {
      for (var i = 0; i < count; i++) {
        ids.add(api.registerWallet(api.connectFlutterwave(), "NGN"));
      }
    }
    return new Wallets(installation.database(), ids);
  }

  static Wallets atPaystack(Installation installation, int count) throws IOException {
    var ids = new ArrayList<UUID>();
    try (var api = installation.api()) {
      for (var i = 0; i < count; i++) {
        ids.add(api.registerWallet(api.connectPaystack(), "NGN"));
      }
    }
    return new Wallets(installation.database(), ids);
  }

  State state() throws SQLException {
    try (var connection = database.connect()) {
      return new State(
          count(
              connection, "select count(*) from wallet_balance_snapshot where wallet_id = any(?)"),
          count(connection, "select sum(latest_sequence) from wallet where wallet_id = any(?)"),
          count(connection, AUDITED.formatted("=")),
          count(connection, AUDITED.formatted("<>")));
    }
  }

  /** The newest sequence of each. */
  Map<UUID, Long> sequences() throws SQLException {
    try (var connection = database.connect();
        var statement =
            connection.prepareStatement(
                "select wallet_id, coalesce(latest_sequence, 0) from wallet where wallet_id = any(?)")) {
      statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      var sequences = new HashMap<UUID, Long>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          sequences.put(rows.getObject(1, UUID.class), rows.getLong(2));
        }
      }
      return sequences;
    }
  }

  private static final String AUDITED =
      "select count(*) from audit_entry where subject_id = any(?)"
          + " and resource = 'wallet_balance_snapshot' and action %s 'sync_balance'";

  private long count(Connection connection, String query) throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
