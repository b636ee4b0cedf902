package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.money;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.payout.Reservation;
import io.walletsync.core.payout.Reservation.Confirmed;
import io.walletsync.core.payout.Reservation.Ended;
import io.walletsync.core.payout.Reservation.Made;
import io.walletsync.core.payout.Reservation.State;
import io.walletsync.core.wallet.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads reservations from their rows. */
final class ReservationRow {
  private ReservationRow() {}

  static Reservation reservation(ResultSet row) throws SQLException {
    return new Reservation(
        uuid(row, "reservation_id"),
        new WalletId(uuid(row, "wallet_id")),
        row.getString("reference"),
        money(row, "amount", new CurrencyCode(row.getString("currency"))),
        new Made(instant(row, "made_at"), row.getString("made_by"), row.getLong("made_sequence")),
        instant(row, "expected_by"),
        row.getLong("examined_sequence"),
        confirmed(row),
        ended(row));
  }

  private static @Nullable Confirmed confirmed(ResultSet row) throws SQLException {
    var by = row.getString("confirmed_by");
    return by == null
        ? null
        : new Confirmed(instant(row, "confirmed_at"), by, row.getString("movement_reference"));
  }

  private static @Nullable Ended ended(ResultSet row) throws SQLException {
    var by = row.getString("ended_by");
    return by == null
        ? null
        : new Ended(
            State.valueOf(row.getString("state")),
            instant(row, "ended_at"),
            by,
            row.getLong("ended_sequence"),
            row.getString("movement_key"),
            row.getString("note"),
            row.getBoolean("never_left"));
  }
}
