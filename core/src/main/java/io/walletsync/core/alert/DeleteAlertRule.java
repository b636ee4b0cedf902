package io.walletsync.core.alert;

import io.walletsync.core.alert.Alert.How;
import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.wallet.Visibility;
import java.time.InstantSource;
import java.util.UUID;

/** Use case: delete a rule. Its alerts end, and stay. */
public final class DeleteAlertRule {
  private final AlertRules rules;
  private final Alerts alerts;
  private final Transactions transactions;
  private final AlertAudit audit;
  private final AlertWriter writer;
  private final InstantSource clock;

  public DeleteAlertRule(
      AlertRules rules,
      Alerts alerts,
      Outbox outbox,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    this.rules = rules;
    this.alerts = alerts;
    this.transactions = transactions;
    this.audit = new AlertAudit(auditor);
    this.writer = new AlertWriter(rules, alerts, outbox, ids);
    this.clock = clock;
  }

  public Outcome delete(Command command) {
    return transactions.inTransaction(() -> deleteLocked(command));
  }

  private Outcome deleteLocked(Command command) {
    var rule = rules.lock(command.rule(), command.visibility()).orElse(null);
    if (rule == null) {
      return new Outcome.Unknown();
    }
    if (!rule.maker().lets(command.actor().id(), command.visibility())) {
      return new Outcome.OfSomebodyElse();
    }
    rules.delete(rule.id());
    writer.tellResolved(
        alerts.overOf(
            rule.id(),
            How.RULE_DELETED,
            Microseconds.cut(clock.instant()),
            command.actor().name()));
    audit.rule(command.actor(), "delete_alert_rule", rule, "deleted");
    return new Outcome.Deleted();
  }

  /** Which one. */
  public record Command(Actor actor, Visibility visibility, UUID rule) {}

  /** What came of it. */
  public sealed interface Outcome {
    record Deleted() implements Outcome {}

    record Unknown() implements Outcome {}

    /** It is seen, and who made it sees more. */
    record OfSomebodyElse() implements Outcome {}
  }
}
