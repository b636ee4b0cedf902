package io.walletsync.server.http.alert;

import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertScope;
import io.walletsync.core.rule.ConditionFields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A rule as the API shows it.
 *
 * @param connectionIds the connections that it is limited to; null for none
 * @param condition as it was given, with what was left out
 */
@JsonNaming(SnakeCaseStrategy.class)
record AlertRuleJson(
    UUID ruleId,
    String name,
    String severity,
    boolean enabled,
    ScopeJson scope,
    @Nullable List<UUID> connectionIds,
    Map<String, String> condition,
    int revision,
    Instant inForceSince,
    Instant createdAt,
    Instant updatedAt) {

  static AlertRuleJson of(AlertRule rule) {
    var connections = rule.limit().connections();
    return new AlertRuleJson(
        rule.id(),
        rule.name(),
        rule.severity().code(),
        rule.enabled(),
        ScopeJson.of(rule.scope()),
        connections == null ? null : connections.stream().sorted().toList(),
        ConditionFields.write(rule.condition()),
        rule.revision(),
        rule.inForceSince(),
        rule.createdAt(),
        rule.updatedAt());
  }

  /** The wallets that it is about; null stands for any. */
  @JsonNaming(SnakeCaseStrategy.class)
  record ScopeJson(
      @Nullable UUID walletId,
      @Nullable UUID connectionId,
      @Nullable String provider,
      @Nullable String currency,
      @Nullable String ownerId,
      Map<String, String> metadata) {
    static ScopeJson of(AlertScope scope) {
      var wallet = scope.wallet();
      var connection = scope.connection();
      var provider = scope.provider();
      var currency = scope.currency();
      return new ScopeJson(
          wallet == null ? null : wallet.value(),
          connection == null ? null : connection.value(),
          provider == null ? null : provider.value(),
          currency == null ? null : currency.value(),
          scope.ownerId(),
          scope.metadata().entries());
    }
  }
}
