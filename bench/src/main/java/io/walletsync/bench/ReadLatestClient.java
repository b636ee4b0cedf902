package io.walletsync.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** The select of the latest balance by primary key, as a prepared statement of its own. */
final class ReadLatestClient implements Client {
  private final Connection connection;
  private final PreparedStatement latest;

  ReadLatestClient(DatabaseAccess database, UUID wallet) throws SQLException {
    connection = database.connect();
    latest =
        connection.prepareStatement(
            """
            select wallet_id, connection_id, provider, currency, status, latest_sequence,
                   latest_snapshot_id, latest_available, latest_ledger, latest_locked,
                   latest_external_balance_id, latest_as_of, latest_observed_at, latest_source,
                   latest_metadata, latest_created_at, confirmed_at, clock_timestamp()
              from walletsync_bench.wallet
             where wallet_id = ?
            """);
    latest.setObject(1, wallet);
  }

  @Override
  public int work() throws SQLException, WorkFailed {
    try (var rows = latest.executeQuery()) {
      if (!rows.next() || rows.getBigDecimal("latest_available") == null) {
        throw new WorkFailed("the wallet has no balance");
      }
      return 1;
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    connection.close();
  }
}
