package io.walletsync.core.subscription;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import org.jspecify.annotations.Nullable;

/** How what is done to subscriptions stands in the audit trail: without addresses and secrets. */
public final class SubscriptionAudit {
  private final Auditor auditor;

  public SubscriptionAudit(Auditor auditor) {
    this.auditor = auditor;
  }

  public void append(
      Actor actor,
      String verb,
      Subscription subscription,
      String outcome,
      @Nullable String... namesAndValues) {
    var facts = AuditEntry.facts(namesAndValues);
    facts.put("channel", subscription.channel().kind().code());
    facts.put("name", subscription.name());
    auditor.append(
        auditor.entry(
            actor,
            verb + "_webhook_subscription",
            "webhook_subscription",
            subscription.id(),
            null,
            outcome,
            facts));
  }
}
