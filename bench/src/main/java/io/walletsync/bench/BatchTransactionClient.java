package io.walletsync.bench;

import static java.util.Collections.nCopies;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The multi-row transaction: what the plain one does, for many wallets in one statement each. */
final class BatchTransactionClient implements Client {
  private static final UUID SOMEBODY = RowIds.next();

  private final List<UUID> wallets;
  private final Connection connection;
  private final PreparedStatement latest;
  private final PreparedStatement snapshots;
  private final PreparedStatement audits;

  BatchTransactionClient(DatabaseAccess database, List<UUID> wallets) throws SQLException {
    this.wallets = wallets;
    connection = database.connect();
    connection.setAutoCommit(false);
    latest =
        connection.prepareStatement(
            """
            select position, latest.sequence, latest.available
              from unnest(?::uuid[]) with ordinality as wanted (id, position)
             cross join lateral (select sequence, available
                                   from walletsync_bench.snapshot
                                  where wallet_id = wanted.id
                                  order by sequence desc
                                  limit 1) as latest
            """);
    latest.setArray(1, uuids(wallets.toArray()));
    snapshots =
        connection.prepareStatement(
            """
            insert into walletsync_bench.snapshot (
                     wallet_id, sequence, snapshot_id, provider, currency, available, ledger, as_of,
                     call_started_at, observed_at, source, requester, idempotency_key, metadata,
                     created_at)
            select wallet, sequence, id, 'flutterwave', 'NGN', available, 253125.82,
                   clock_timestamp(), clock_timestamp(), clock_timestamp(), 'API', ?, key, '{}',
                   clock_timestamp()
              from unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::numeric[], ?::text[])
                as made (wallet, sequence, id, available, key)
            """);
    snapshots.setObject(1, SOMEBODY);
    snapshots.setArray(2, uuids(wallets.toArray()));
    audits =
        connection.prepareStatement(
            """
            insert into walletsync_bench.audit (
                     subject_id, entry_id, occurred_at, actor_kind, actor_id, actor_name,
                     actor_address, request_id, action, resource, connection_id, outcome, details,
                     canonical)
            select wallet, id, clock_timestamp(), 'API_KEY', ?, 'bench', '127.0.0.1', id::text,
                   'sync_balance', 'wallet_balance_snapshot', ?, 'created', details::jsonb,
                   canonical
              from unnest(?::uuid[], ?::uuid[], ?::text[], ?::bytea[])
                as entry (wallet, id, details, canonical)
            """);
    audits.setObject(1, SOMEBODY);
    audits.setObject(2, SOMEBODY);
    audits.setArray(3, uuids(wallets.toArray()));
    audits.setArray(
        5,
        connection.createArrayOf(
            "text", nCopies(wallets.size(), SyncTransactionClient.DETAILS).toArray()));
    audits.setArray(
        6,
        connection.createArrayOf(
            "bytea",
            nCopies(wallets.size(), SyncTransactionClient.CANONICAL).toArray(byte[][]::new)));
  }

  @Override
  public int work() throws SQLException, WorkFailed {
    var count = wallets.size();
    var sequences = new Long[count];
    var available = new BigDecimal[count];
    try (var rows = latest.executeQuery()) {
      while (rows.next()) {
        var position = rows.getInt(1) - 1;
        sequences[position] = rows.getLong(2) + 1;
        available[position] = rows.getBigDecimal(3).add(BigDecimal.ONE);
      }
    }
    if (Arrays.asList(sequences).contains(null)) {
      throw new WorkFailed("a wallet has no snapshot");
    }
    var keys = new String[count];
    Arrays.setAll(keys, _ -> UUID.randomUUID().toString());
    snapshots.setArray(3, connection.createArrayOf("bigint", sequences));
    snapshots.setArray(4, uuids(RowIds.newOnes(count).toArray()));
    snapshots.setArray(5, connection.createArrayOf("numeric", available));
    snapshots.setArray(6, connection.createArrayOf("text", keys));
    snapshots.executeUpdate();
    audits.setArray(4, uuids(RowIds.newOnes(count).toArray()));
    audits.executeUpdate();
    connection.commit();
    return count;
  }

  @Override
  public void close() throws IOException, SQLException {
    connection.close();
  }

  private Array uuids(Object[] ids) throws SQLException {
    return connection.createArrayOf("uuid", ids);
  }
}
