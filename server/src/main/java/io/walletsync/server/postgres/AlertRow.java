package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.instantOrNull;
import static io.walletsync.server.postgres.Columns.uuid;
import static io.walletsync.server.postgres.Columns.uuidOrNull;

import io.walletsync.core.alert.Alert;
import io.walletsync.core.alert.Alert.How;
import io.walletsync.core.alert.Alert.Resolved;
import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.alert.Alert.Subject;
import io.walletsync.core.alert.AlertTransition;
import io.walletsync.core.alert.Alerts.Held;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.Severity;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An alert as a row. */
final class AlertRow {
  private AlertRow() {}

  static Alert read(ResultSet row) throws SQLException {
    var kind = kind(row).orElse(AlertKind.ENGINE_ERROR);
    var currency = row.getString("currency");
    return new Alert(
        uuid(row, "alert_id"),
        uuid(row, "rule_id"),
        row.getInt("rule_revision"),
        row.getString("rule_name"),
        kind,
        Severity.valueOf(row.getString("severity")),
        subject(row, kind),
        AlertRuleRow.connections(row),
        State.valueOf(row.getString("state")),
        row.getBoolean("holds"),
        currency == null ? null : new CurrencyCode(currency),
        row.getString("previous"),
        row.getString("current"),
        row.getString("passed_limit"),
        instant(row, "opened_at"),
        instantOrNull(row, "snoozed_until"),
        resolved(row),
        row.getInt("step"));
  }

  /** Empty for one that a newer version knows. */
  static Optional<AlertKind> kind(ResultSet row) throws SQLException {
    var name = row.getString("kind");
    return Arrays.stream(AlertKind.values()).filter(it -> it.name().equals(name)).findFirst();
  }

  private static Subject subject(ResultSet row, AlertKind kind) throws SQLException {
    var wallet = uuidOrNull(row, "wallet_id");
    if (wallet != null) {
      return new Subject.OfWallet(
          new WalletId(wallet), new ConnectionId(uuid(row, "connection_id")));
    }
    return kind == AlertKind.CHANNEL_SILENT
        ? new Subject.OfChannel(uuid(row, "subject_id"))
        : new Subject.OfRule();
  }

  private static @Nullable Resolved resolved(ResultSet row) throws SQLException {
    var how = row.getString("how");
    return how == null
        ? null
        : new Resolved(
            How.valueOf(how),
            instant(row, "resolved_at"),
            row.getString("resolved_by"),
            row.getString("note"),
            row.getString("value"));
  }

  static Held held(ResultSet row) throws SQLException {
    return new Held(
        uuid(row, "alert_id"),
        uuid(row, "rule_id"),
        kind(row).orElse(AlertKind.ENGINE_ERROR),
        uuid(row, "subject_id"));
  }

  static AlertTransition transition(ResultSet row) throws SQLException {
    var how = row.getString("how");
    return new AlertTransition(
        uuid(row, "transition_id"),
        uuid(row, "alert_id"),
        row.getInt("step"),
        State.valueOf(row.getString("to_state")),
        instant(row, "at"),
        row.getString("by"),
        how == null ? null : How.valueOf(how),
        row.getString("note"),
        instantOrNull(row, "until"));
  }
}
