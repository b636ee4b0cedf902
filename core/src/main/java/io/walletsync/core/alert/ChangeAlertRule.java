package io.walletsync.core.alert;

import io.walletsync.core.alert.Alert.How;
import io.walletsync.core.alert.RuleLimits.Limited;
import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.rule.AlertScope;
import io.walletsync.core.rule.Condition;
import io.walletsync.core.rule.Severity;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallets;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Use case: change a rule. What it says anew (scope, condition, whether it is enabled) ends the
 * alerts that it opened before, and meets the balances as they are.
 */
public final class ChangeAlertRule {
  private final AlertRules rules;
  private final Alerts alerts;
  private final RuleLimits limits;
  private final LookAtRules lookAtRules;
  private final Transactions transactions;
  private final AlertAudit audit;
  private final AlertWriter writer;
  private final InstantSource clock;

  public ChangeAlertRule(
      AlertRules rules,
      Alerts alerts,
      Wallets wallets,
      Connections connections,
      LookAtRules lookAtRules,
      Outbox outbox,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    this.rules = rules;
    this.alerts = alerts;
    this.limits = new RuleLimits(wallets, connections);
    this.lookAtRules = lookAtRules;
    this.transactions = transactions;
    this.audit = new AlertAudit(auditor);
    this.writer = new AlertWriter(rules, alerts, outbox, ids);
    this.clock = clock;
  }

  public RuleOutcome change(Command command) {
    var outcome = transactions.inTransaction(() -> changeLocked(command));
    if (outcome instanceof RuleOutcome.Kept(var rule)
        && rule.enabled()
        && rule.walkDue()
        && rule.scope().wallet() != null) {
      lookAtRules.lookNow(rule);
    }
    return outcome;
  }

  private RuleOutcome changeLocked(Command command) {
    var rule = rules.lock(command.rule(), command.visibility()).orElse(null);
    if (rule == null) {
      return new RuleOutcome.Unknown();
    }
    if (!rule.maker().lets(command.actor().id(), command.visibility())) {
      return new RuleOutcome.OfSomebodyElse();
    }
    var scope = command.scope() == null ? rule.scope() : command.scope();
    var condition = command.condition() == null ? rule.condition() : command.condition();
    var saysTheSame = scope.equals(rule.scope()) && condition.equals(rule.condition());
    return switch (saysTheSame
        ? new Limited.To(rule.limit())
        : limits.of(scope, condition, limitOf(rule, command))) {
      case Limited.UnknownWallet() -> new RuleOutcome.UnknownWallet();
      case Limited.UnknownConnection() -> new RuleOutcome.UnknownConnection();
      case Limited.OtherCurrency() -> new RuleOutcome.OtherCurrency();
      case Limited.ScopeNotMeant(var kind) -> new RuleOutcome.ScopeNotMeant(kind);
      case Limited.To(var limit) ->
          new RuleOutcome.Kept(keep(command, rule, scope, limit, condition));
    };
  }

  /** A rule without a scope of its own stays as limited as it is, whoever changes it. */
  private static Visibility limitOf(AlertRule rule, Command command) {
    var own = rule.scope();
    return own.wallet() == null && own.connection() == null && rule.limit().connections() != null
        ? rule.limit()
        : command.visibility();
  }

  private AlertRule keep(
      Command command, AlertRule rule, AlertScope scope, Visibility limit, Condition condition) {
    var enabled = command.enabled() == null ? rule.enabled() : command.enabled();
    var saysMore =
        enabled != rule.enabled()
            || !scope.equals(rule.scope())
            || !condition.equals(rule.condition());
    var now = Microseconds.cut(clock.instant());
    var changed =
        new AlertRule(
            rule.id(),
            command.name() == null ? rule.name() : command.name(),
            command.severity() == null ? rule.severity() : command.severity(),
            enabled,
            scope,
            limit,
            condition,
            rule.maker(),
            saysMore ? rule.revision() + 1 : rule.revision(),
            rule.inForceSince(),
            rule.walkDue() || saysMore,
            rule.lookedAt(),
            rule.createdAt(),
            now);
    if (!saysMore && changed.name().equals(rule.name()) && changed.severity() == rule.severity()) {
      return rule;
    }
    var kept = rules.replace(changed);
    if (saysMore) {
      writer.tellResolved(
          alerts.overOf(
              rule.id(),
              enabled ? How.RULE_CHANGED : How.RULE_DISABLED,
              now,
              command.actor().name()));
    }
    audit.rule(command.actor(), "change_alert_rule", kept, "changed");
    return kept;
  }

  /** What to change; null leaves it as it is. */
  public record Command(
      Actor actor,
      Visibility visibility,
      UUID rule,
      @Nullable String name,
      @Nullable Severity severity,
      @Nullable Boolean enabled,
      @Nullable AlertScope scope,
      @Nullable Condition condition) {}
}
