package io.walletsync.server.http.alert;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertScope;
import io.walletsync.core.rule.Condition;
import io.walletsync.core.rule.ConditionFields;
import io.walletsync.core.rule.InvalidCondition;
import io.walletsync.core.rule.Severity;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.wallet.WalletController;
import io.walletsync.server.http.wire.Field;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.JsonValues;
import io.walletsync.server.http.wire.UuidText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a rule says out of a body.
 *
 * @param name null where it is absent, as in the rest
 */
record AlertRuleReader(
    @Nullable String name,
    @Nullable Severity severity,
    @Nullable Boolean enabled,
    @Nullable AlertScope scope,
    @Nullable Condition condition) {

  /** A new rule: what it has to say is required. */
  static AlertRuleReader whole(byte @Nullable [] body) {
    var fields = JsonFields.of(body);
    var name = fields.requiredText("name", AlertRuleReader::name);
    var condition = fields.requiredTextMap("condition");
    return read(fields, name, condition);
  }

  /** What shall change. */
  static AlertRuleReader change(byte @Nullable [] body) {
    var fields = JsonFields.of(body);
    var name = fields.optionalText("name", AlertRuleReader::name);
    var condition = fields.optionalTextMap("condition");
    return read(fields, name, condition);
  }

  private static AlertRuleReader read(
      JsonFields fields, Field<String> name, Field<Map<String, String>> condition) {
    var severity = fields.optionalText("severity", Severity::of);
    var enabled = fields.optionalFlag("enabled");
    var scope = scope(fields);
    fields.done();
    var said = condition.orNull();
    return new AlertRuleReader(
        name.orNull(),
        severity.orNull(),
        enabled.orNull(),
        scope == null ? null : scope.read(),
        said == null ? null : condition(said));
  }

  private static String name(String text) {
    return Text.printable(text, AlertRule.LONGEST_NAME);
  }

  private static Condition condition(Map<String, String> fields) {
    try {
      return ConditionFields.read(fields);
    } catch (InvalidCondition e) {
      throw new InvalidRequest(
          "condition." + JsonValues.clean(e.field()), String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable ScopeFields scope(JsonFields fields) {
    var members = fields.optionalObject("scope");
    return members == null
        ? null
        : new ScopeFields(
            members.optionalText("wallet_id", text -> new WalletId(UuidText.parse(text))),
            members.optionalText("connection_id", text -> new ConnectionId(UuidText.parse(text))),
            members.optionalText("provider", ProviderId::new),
            members.optionalText("currency", CurrencyCode::new),
            members.optionalText("owner_id", WalletController::shortText),
            members.optionalTextMap("metadata"));
  }

  /** The members of a scope, to be opened after nothing was found wrong. */
  private record ScopeFields(
      Field<WalletId> wallet,
      Field<ConnectionId> connection,
      Field<ProviderId> provider,
      Field<CurrencyCode> currency,
      Field<String> owner,
      Field<Map<String, String>> metadata) {
    AlertScope read() {
      try {
        return new AlertScope(
            wallet.orNull(),
            connection.orNull(),
            provider.orNull(),
            currency.orNull(),
            owner.orNull(),
            Metadata.of(metadata.orElse(Map.of())));
      } catch (InvalidValue e) {
        throw new InvalidRequest("scope.metadata", String.valueOf(e.getMessage()));
      }
    }
  }
}
