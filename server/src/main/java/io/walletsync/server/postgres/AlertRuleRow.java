package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.instantOrNull;
import static io.walletsync.server.postgres.Columns.uuid;
import static io.walletsync.server.postgres.Columns.uuidOrNull;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertScope;
import io.walletsync.core.rule.Condition;
import io.walletsync.core.rule.ConditionFields;
import io.walletsync.core.rule.Maker;
import io.walletsync.core.rule.Severity;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A rule as a row; what it says is kept as texts. */
final class AlertRuleRow {
  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

  private AlertRuleRow() {}

  static AlertRule read(ResultSet row) throws SQLException {
    var wallet = uuidOrNull(row, "wallet_id");
    var connection = uuidOrNull(row, "connection_id");
    var provider = row.getString("provider");
    var currency = row.getString("currency");
    return new AlertRule(
        uuid(row, "rule_id"),
        row.getString("name"),
        Severity.valueOf(row.getString("severity")),
        row.getBoolean("enabled"),
        new AlertScope(
            wallet == null ? null : new WalletId(wallet),
            connection == null ? null : new ConnectionId(connection),
            provider == null ? null : new ProviderId(provider),
            currency == null ? null : new CurrencyCode(currency),
            row.getString("owner_id"),
            MetadataJson.read(row.getString("metadata"))),
        connections(row),
        condition(row),
        maker(row),
        row.getInt("revision"),
        instant(row, "in_force_since"),
        row.getBoolean("walk_due"),
        instantOrNull(row, "looked_at"),
        instant(row, "created_at"),
        instant(row, "updated_at"));
  }

  /** A newer version may have written what this one cannot read: that must stop no recording. */
  private static Condition condition(ResultSet row) throws SQLException {
    var kind = AlertRow.kind(row).orElse(AlertKind.ENGINE_ERROR);
    try {
      return ConditionFields.stored(
          kind, JsonMapper.shared().readValue(row.getString("condition"), TEXTS));
    } catch (JacksonException _) {
      return new Condition.Unreadable(kind, new TreeMap<>());
    }
  }

  private static Maker maker(ResultSet row) throws SQLException {
    var key = uuidOrNull(row, "made_by");
    return key == null ? Maker.UNKNOWN : new Maker(key, limit(row, "made_within"));
  }

  static Visibility connections(ResultSet row) throws SQLException {
    return limit(row, "connections");
  }

  private static Visibility limit(ResultSet row, String column) throws SQLException {
    var array = row.getArray(column);
    return array == null
        ? Visibility.ALL
        : new Visibility(new HashSet<>(Arrays.asList((UUID[]) array.getArray())));
  }

  static String condition(AlertRule rule) {
    return JsonMapper.shared().writeValueAsString(ConditionFields.write(rule.condition()));
  }

  /** For a column that holds the connections of one row; null for no limit. */
  static @Nullable String text(Visibility limit) {
    var connections = limit.connections();
    return connections == null
        ? null
        : connections.stream()
            .map(UUID::toString)
            .sorted()
            .collect(Collectors.joining(",", "{", "}"));
  }
}
