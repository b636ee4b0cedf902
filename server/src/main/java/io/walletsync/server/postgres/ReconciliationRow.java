package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.instantOrNull;
import static io.walletsync.server.postgres.Columns.money;
import static io.walletsync.server.postgres.Columns.moneyOrNull;
import static io.walletsync.server.postgres.Columns.uuid;
import static io.walletsync.server.postgres.Columns.uuidOrNull;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Difference;
import io.walletsync.core.reconciliation.Comparison;
import io.walletsync.core.reconciliation.ExpectedBalance;
import io.walletsync.core.reconciliation.Reconciliation;
import io.walletsync.core.reconciliation.Reconciliation.Settled;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads reconciliations from their rows, and comparisons from theirs. */
final class ReconciliationRow {
  private ReconciliationRow() {}

  static Reconciliation reconciliation(ResultSet row) throws SQLException {
    return new Reconciliation(
        uuid(row, "reconciliation_id"),
        new ConnectionId(uuid(row, "connection_id")),
        new ProviderId(row.getString("provider")),
        expected(row),
        row.getInt("revision"),
        row.getString("recorded_by"),
        instant(row, "recorded_at"),
        Reconciliation.State.valueOf(row.getString("state")),
        instantOrNull(row, "known_until"),
        row.getString("verdict") == null ? null : comparison(row),
        settled(row),
        uuidOrNull(row, "corrected_by"));
  }

  private static ExpectedBalance expected(ResultSet row) throws SQLException {
    var currency = new CurrencyCode(row.getString("currency"));
    return new ExpectedBalance(
        new WalletId(uuid(row, "wallet_id")),
        money(row, "expected", currency),
        instant(row, "as_of"),
        row.getString("reference"),
        money(row, "tolerance", currency),
        Duration.ofSeconds(row.getInt("lag_seconds")));
  }

  /** Of either table: the columns have the same names. */
  static Comparison comparison(ResultSet row) throws SQLException {
    var currency = new CurrencyCode(row.getString("currency"));
    return new Comparison(
        Comparison.Verdict.valueOf(row.getString("verdict")),
        moneyOrNull(row, "balance", currency),
        difference(row, "drift", currency),
        difference(row, "explained", currency),
        difference(row, "unexplained", currency),
        instantOrNull(row, "nearest_at"),
        instant(row, "compared_at"));
  }

  private static @Nullable Difference difference(
      ResultSet row, String column, CurrencyCode currency) throws SQLException {
    var value = row.getBigDecimal(column);
    return value == null ? null : new Difference(value, currency);
  }

  private static @Nullable Settled settled(ResultSet row) throws SQLException {
    var how = row.getString("how");
    return how == null
        ? null
        : new Settled(
            Reconciliation.How.valueOf(how),
            instant(row, "settled_at"),
            row.getString("settled_by"),
            row.getString("note"),
            uuidOrNull(row, "through"));
  }
}
