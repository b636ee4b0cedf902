package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.instantOrNull;
import static io.walletsync.server.postgres.Columns.money;
import static io.walletsync.server.postgres.Columns.moneyOrNull;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.BalanceFact;
import io.walletsync.core.balance.ExternalBalanceId;
import io.walletsync.core.balance.Source;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads facts of the history: snapshots, and late readings under the columns of snapshots. */
final class FactRow {
  static final String SNAPSHOT =
      """
      wallet_id, sequence, snapshot_id, provider, currency, available, ledger, locked,
      external_balance_id, as_of, provider_time, call_started_at, observed_at, source, requester,
      idempotency_key, metadata, created_at, null::timestamptz as stands_until
      """;

  /** Under the same names; what only snapshots have is null. */
  static final String LATE =
      """
      wallet_id, null::bigint, reading_id, null::text, currency, available, ledger, locked,
      external_balance_id, null::timestamptz, provider_time, call_started_at, observed_at, source,
      null::uuid, null::text, metadata, recorded_at, stands_until
      """;

  private FactRow() {}

  static BalanceFact read(ResultSet row) throws SQLException {
    return row.getObject("sequence") == null
        ? late(row, "snapshot_id", "created_at")
        : new BalanceFact.Snapshot(SnapshotRow.ofHistory(row));
  }

  /** Out of the table of late readings itself. */
  static BalanceFact.Late late(ResultSet row) throws SQLException {
    return late(row, "reading_id", "recorded_at");
  }

  private static BalanceFact.Late late(ResultSet row, String id, String recordedAt)
      throws SQLException {
    var recorded = instant(row, recordedAt);
    // null where it was recorded by an earlier version
    var standsUntil = instantOrNull(row, "stands_until");
    var currency = new CurrencyCode(row.getString("currency"));
    var externalId = row.getString("external_balance_id");
    return new BalanceFact.Late(
        uuid(row, id),
        new WalletId(uuid(row, "wallet_id")),
        new Balance(
            money(row, "available", currency),
            moneyOrNull(row, "ledger", currency),
            moneyOrNull(row, "locked", currency)),
        externalId == null ? null : new ExternalBalanceId(externalId),
        instantOrNull(row, "provider_time"),
        instant(row, "call_started_at"),
        instant(row, "observed_at"),
        Source.valueOf(row.getString("source")),
        MetadataJson.read(row.getString("metadata")),
        standsUntil == null ? recorded : standsUntil,
        recorded);
  }
}
