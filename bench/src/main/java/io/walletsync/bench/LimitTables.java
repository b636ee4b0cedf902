package io.walletsync.bench;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * A schema beside the product's with tables of the same columns and indexes, so that a limit is
 * what this database can do with rows like ours.
 */
final class LimitTables {
  /** Rows of one multi-row transaction. */
  static final int BATCH = 200;

  private final DatabaseAccess database;
  private final List<UUID> wallets;

  private LimitTables(DatabaseAccess database, List<UUID> wallets) {
    this.database = database;
    this.wallets = wallets;
  }

  /** Makes them anew, with one snapshot for each wallet. */
  static LimitTables create(DatabaseAccess database, int mostConnections) throws SQLException {
    var wallets = RowIds.newOnes(mostConnections * BATCH);
    database.execute(
        "drop schema if exists walletsync_bench cascade",
        "create schema walletsync_bench",
        "create table walletsync_bench.wallet (like wallet including all)",
        "create table walletsync_bench.snapshot (like wallet_balance_snapshot including all)",
        "create table walletsync_bench.audit (like audit_entry including all)");
    try (var connection = database.connect();
        var insert = connection.prepareStatement(FIRST_STATE)) {
      insert.setArray(1, connection.createArrayOf("uuid", wallets.toArray()));
      insert.execute();
    }
    database.execute("vacuum analyze walletsync_bench.wallet, walletsync_bench.snapshot");
    return new LimitTables(database, wallets);
  }

  private static final String FIRST_STATE =
      """
      with wallet as (
        insert into walletsync_bench.wallet (
                 wallet_id, connection_id, provider, provider_account_id, currency, metadata,
                 status, created_at, updated_at, latest_sequence, latest_snapshot_id,
                 latest_available, latest_ledger, latest_as_of, latest_call_started_at,
                 latest_observed_at, latest_source, latest_metadata, latest_created_at,
                 confirmed_at, confirmed_by_call_started_at)
        select id, id, 'flutterwave', '', 'NGN', '{}', 'ACTIVE', now(), now(), 1, id, 1000000,
               253125.82, now(), now(), now(), 'API', '{}', now(), now(), now()
          from unnest(?::uuid[]) as id
        returning *
      )
      insert into walletsync_bench.snapshot (
               wallet_id, sequence, snapshot_id, provider, currency, available, ledger, as_of,
               call_started_at, observed_at, source, metadata, created_at)
      select wallet_id, 1, latest_snapshot_id, provider, currency, latest_available, latest_ledger,
             latest_as_of, latest_call_started_at, latest_observed_at, latest_source,
             latest_metadata, latest_created_at
        from wallet
      """;

  DatabaseAccess database() {
    return database;
  }

  UUID wallet(int client) {
    return wallets.get(client);
  }

  List<UUID> batch(int client) {
    return wallets.subList(client * BATCH, (client + 1) * BATCH);
  }

  long snapshots() throws SQLException {
    return database.count("select count(*) from walletsync_bench.snapshot");
  }

  long auditEntries() throws SQLException {
    return database.count("select count(*) from walletsync_bench.audit");
  }
}
