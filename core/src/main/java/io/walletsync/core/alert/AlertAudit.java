package io.walletsync.core.alert;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.ConditionFields;
import io.walletsync.core.wallet.Visibility;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people did to rules and alerts, in the audit trail. */
final class AlertAudit {
  private final Auditor auditor;

  AlertAudit(Auditor auditor) {
    this.auditor = auditor;
  }

  void rule(Actor actor, String action, AlertRule rule, String outcome) {
    var facts =
        AuditEntry.facts(
            "name", rule.name(),
            "kind", rule.kind().code(),
            "severity", rule.severity().code(),
            "enabled", Boolean.toString(rule.enabled()),
            "revision", Integer.toString(rule.revision()),
            "condition", ConditionFields.write(rule.condition()).toString());
    auditor.append(
        auditor.entry(
            actor, action, "alert_rule", rule.id(), connection(rule.limit()), outcome, facts));
  }

  void alert(
      Actor actor, String action, Alert alert, @Nullable String note, @Nullable String until) {
    auditor.append(
        auditor.entry(
            actor,
            action,
            "alert",
            alert.subject().ofWallet().map(it -> it.wallet().value()).orElse(alert.ruleId()),
            connection(alert.visibleTo()),
            alert.state().code(),
            AuditEntry.facts(
                "alert_id", alert.id().toString(),
                "rule_id", alert.ruleId().toString(),
                "kind", alert.kind().code(),
                "note", note,
                "until", until)));
  }

  /** The one connection that it is about; null where there are none or several. */
  private static @Nullable UUID connection(Visibility limit) {
    var connections = limit.connections();
    return connections != null && connections.size() == 1 ? connections.iterator().next() : null;
  }
}
