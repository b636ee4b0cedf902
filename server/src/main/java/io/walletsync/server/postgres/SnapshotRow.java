package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.instantOrNull;
import static io.walletsync.server.postgres.Columns.money;
import static io.walletsync.server.postgres.Columns.moneyOrNull;
import static io.walletsync.server.postgres.Columns.uuid;
import static io.walletsync.server.postgres.Columns.uuidOrNull;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.ExternalBalanceId;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads snapshots from the history, and from the wallet's own row, where the names are prefixed.
 */
final class SnapshotRow {
  private static final String HISTORY = "";
  private static final String LATEST = "latest_";

  private SnapshotRow() {}

  static WalletBalanceSnapshot ofHistory(ResultSet row) throws SQLException {
    return snapshot(row, HISTORY);
  }

  static Optional<LatestBalance> ofWallet(ResultSet row) throws SQLException {
    return row.getObject("latest_sequence") == null
        ? Optional.empty()
        : Optional.of(
            new LatestBalance(
                snapshot(row, LATEST),
                instant(row, "confirmed_at"),
                instant(row, "confirmed_by_call_started_at")));
  }

  private static WalletBalanceSnapshot snapshot(ResultSet row, String prefix) throws SQLException {
    var currency = new CurrencyCode(row.getString("currency"));
    var externalId = row.getString(prefix + "external_balance_id");
    return new WalletBalanceSnapshot(
        uuid(row, prefix + "snapshot_id"),
        new WalletId(uuid(row, "wallet_id")),
        row.getLong(prefix + "sequence"),
        new ProviderId(row.getString("provider")),
        new Balance(
            money(row, prefix + "available", currency),
            moneyOrNull(row, prefix + "ledger", currency),
            moneyOrNull(row, prefix + "locked", currency)),
        externalId == null ? null : new ExternalBalanceId(externalId),
        instant(row, prefix + "as_of"),
        instantOrNull(row, prefix + "provider_time"),
        instant(row, prefix + "call_started_at"),
        instant(row, prefix + "observed_at"),
        Source.valueOf(row.getString(prefix + "source")),
        requestKey(row, prefix),
        MetadataJson.read(row.getString(prefix + "metadata")),
        instant(row, prefix + "created_at"));
  }

  private static @Nullable RequestKey requestKey(ResultSet row, String prefix) throws SQLException {
    var requester = uuidOrNull(row, prefix + "requester");
    var key = row.getString(prefix + "idempotency_key");
    return requester == null || key == null
        ? null
        : new RequestKey(requester, new IdempotencyKey(key));
  }
}
