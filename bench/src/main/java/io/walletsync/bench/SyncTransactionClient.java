package io.walletsync.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The plain sync transaction: begin, select the latest, insert a snapshot, insert an audit entry,
 * commit; every statement prepared.
 */
final class SyncTransactionClient implements Client {
  static final String DETAILS =
      """
      {"as_of": "2026-11-22T08:00:01.123456Z", "balance": "1000000.01", "currency": "NGN", \
      "idempotency_key": "6f7a3c2e-0d9b-4f55-9a3a-2c5a1f0f7b11", "provider": "flutterwave", \
      "sequence": "42", "snapshot_id": "0199c0de-7a11-7c3e-8f00-0123456789ab", "source": "API"}""";
  static final byte[] CANONICAL =
      """
       {"action":"sync_balance","actor_address":"127.0.0.1",\
       "actor_id":"0199c0de-7a11-7c3e-8f00-0123456789ab","actor_kind":"API_KEY",\
       "actor_name":"bench","connection_id":"0199c0de-7a11-7c3e-8f00-0123456789ab",\
       "details":%s,"entry_id":"0199c0de-7a11-7c3e-8f00-0123456789ab",\
       "occurred_at":"2026-11-22T08:00:01.123456Z","outcome":"created",\
       "request_id":"0199c0de-7a11-7c3e-8f00-0123456789ab",\
       "resource":"wallet_balance_snapshot",\
       "subject_id":"0199c0de-7a11-7c3e-8f00-0123456789ab"}"""
          .formatted(DETAILS)
          .getBytes(StandardCharsets.UTF_8);
  private static final UUID SOMEBODY = RowIds.next();

  private final Connection connection;
  private final PreparedStatement latest;
  private final PreparedStatement snapshot;
  private final PreparedStatement audit;

  SyncTransactionClient(DatabaseAccess database, UUID wallet) throws SQLException {
    connection = database.connect();
    connection.setAutoCommit(false);
    latest =
        connection.prepareStatement(
            """
            select sequence, snapshot_id, currency, available, ledger, locked, external_balance_id,
                   as_of, observed_at
              from walletsync_bench.snapshot
             where wallet_id = ?
             order by sequence desc
             limit 1
            """);
    latest.setObject(1, wallet);
    snapshot =
        connection.prepareStatement(
            """
            insert into walletsync_bench.snapshot (
                     wallet_id, sequence, snapshot_id, provider, currency, available, ledger, as_of,
                     call_started_at, observed_at, source, requester, idempotency_key, metadata,
                     created_at)
            values (?, ?, ?, 'flutterwave', 'NGN', ?, 253125.82, clock_timestamp(),
                    clock_timestamp(), clock_timestamp(), 'API', ?, ?, '{}', clock_timestamp())
            """);
    snapshot.setObject(1, wallet);
    snapshot.setObject(5, SOMEBODY);
    audit =
        connection.prepareStatement(
            """
            insert into walletsync_bench.audit (
                     subject_id, entry_id, occurred_at, actor_kind, actor_id, actor_name,
                     actor_address, request_id, action, resource, connection_id, outcome, details,
                     canonical)
            values (?, ?, clock_timestamp(), 'API_KEY', ?, 'bench', '127.0.0.1', ?, 'sync_balance',
                    'wallet_balance_snapshot', ?, 'created', ?::jsonb, ?)
            """);
    audit.setObject(1, wallet);
    audit.setObject(3, SOMEBODY);
    audit.setObject(5, SOMEBODY);
    audit.setString(6, DETAILS);
    audit.setBytes(7, CANONICAL);
  }

  @Override
  public int work() throws SQLException, WorkFailed {
    var sequence = 0L;
    BigDecimal available;
    try (var rows = latest.executeQuery()) {
      if (!rows.next()) {
        throw new WorkFailed("the wallet has no snapshot");
      }
      sequence = rows.getLong("sequence");
      available = rows.getBigDecimal("available");
    }
    snapshot.setLong(2, sequence + 1);
    snapshot.setObject(3, RowIds.next());
    snapshot.setBigDecimal(4, available.add(BigDecimal.ONE));
    snapshot.setString(6, UUID.randomUUID().toString());
    snapshot.executeUpdate();
    var entry = RowIds.next();
    audit.setObject(2, entry);
    audit.setString(4, entry.toString());
    audit.executeUpdate();
    connection.commit();
    return 1;
  }

  @Override
  public void close() throws IOException, SQLException {
    connection.close();
  }
}
