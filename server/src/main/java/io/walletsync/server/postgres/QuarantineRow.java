package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.instantOrNull;
import static io.walletsync.server.postgres.Columns.money;
import static io.walletsync.server.postgres.Columns.moneyOrNull;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.ExternalBalanceId;
import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.balance.QuarantinedReading.End;
import io.walletsync.core.balance.QuarantinedReading.Resolution;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.Strangeness;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads quarantined readings from their own rows, and joined to a wallet's, where prefixed. */
final class QuarantineRow {
  /** Joined to a wallet's row as {@code doubt}. */
  static final String JOINED =
      Stream.of(
              "reading_id",
              "wallet_id",
              "connection_id",
              "provider",
              "reason",
              "currency",
              "available",
              "ledger",
              "locked",
              "external_balance_id",
              "provider_time",
              "call_started_at",
              "observed_at",
              "source",
              "metadata",
              "times_seen",
              "last_seen_at",
              "quarantined_at",
              "ended",
              "settled_at",
              "settled_by",
              "note")
          .map(column -> "doubt." + column + " as doubt_" + column)
          .collect(Collectors.joining(", "));

  private QuarantineRow() {}

  static QuarantinedReading own(ResultSet row) throws SQLException {
    return reading(row, "");
  }

  /** Empty where nothing was joined. */
  static Optional<QuarantinedReading> joined(ResultSet row) throws SQLException {
    return row.getObject("doubt_reading_id") == null
        ? Optional.empty()
        : Optional.of(reading(row, "doubt_"));
  }

  private static QuarantinedReading reading(ResultSet row, String prefix) throws SQLException {
    var currency = new CurrencyCode(row.getString(prefix + "currency"));
    var externalId = row.getString(prefix + "external_balance_id");
    return new QuarantinedReading(
        uuid(row, prefix + "reading_id"),
        new WalletId(uuid(row, prefix + "wallet_id")),
        new ConnectionId(uuid(row, prefix + "connection_id")),
        new ProviderId(row.getString(prefix + "provider")),
        Strangeness.valueOf(row.getString(prefix + "reason")),
        new Balance(
            money(row, prefix + "available", currency),
            moneyOrNull(row, prefix + "ledger", currency),
            moneyOrNull(row, prefix + "locked", currency)),
        externalId == null ? null : new ExternalBalanceId(externalId),
        instantOrNull(row, prefix + "provider_time"),
        instant(row, prefix + "call_started_at"),
        instant(row, prefix + "observed_at"),
        Source.valueOf(row.getString(prefix + "source")),
        MetadataJson.read(row.getString(prefix + "metadata")),
        row.getInt(prefix + "times_seen"),
        instant(row, prefix + "last_seen_at"),
        instant(row, prefix + "quarantined_at"),
        resolution(row, prefix));
  }

  private static @Nullable Resolution resolution(ResultSet row, String prefix) throws SQLException {
    var ended = row.getString(prefix + "ended");
    return ended == null
        ? null
        : new Resolution(
            End.valueOf(ended),
            instant(row, prefix + "settled_at"),
            row.getString(prefix + "settled_by"),
            row.getString(prefix + "note"));
  }
}
