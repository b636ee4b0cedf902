package io.walletsync.core.reconciliation;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.money.Difference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down who said what of a wallet, and how each difference began and ended. */
final class ReconciliationAudit {
  private final Auditor auditor;

  ReconciliationAudit(Auditor auditor) {
    this.auditor = auditor;
  }

  void recorded(Actor actor, List<Reconciliation> recorded) {
    auditor.append(
        recorded.stream()
            .map(
                it ->
                    entry(
                        actor,
                        "expect_balance",
                        it,
                        it.revision() == 1 ? "recorded" : "corrected",
                        null))
            .toList());
  }

  /** What comparing opened or resolved. */
  void compared(Actor actor, List<Reconciliation> changed) {
    auditor.append(
        changed.stream()
            .map(it -> entry(actor, "reconcile_balance", it, it.state().code(), null))
            .toList());
  }

  void settled(Actor actor, Reconciliation settled, String note) {
    auditor.append(entry(actor, "settle_reconciliation", settled, settled.state().code(), note));
  }

  private AuditEntry entry(
      Actor actor, String action, Reconciliation about, String outcome, @Nullable String note) {
    var expected = about.expected();
    var comparison = about.comparison();
    return auditor.entry(
        actor,
        action,
        "reconciliation",
        expected.walletId().value(),
        about.connectionId().value(),
        outcome,
        AuditEntry.facts(
            "reconciliation_id", about.id().toString(),
            "wallet_id", expected.walletId().toString(),
            "expected_balance", expected.amount().toDecimalString(),
            "currency", expected.amount().currency().value(),
            "as_of", expected.asOf().toString(),
            "reference", expected.reference(),
            "revision", Integer.toString(about.revision()),
            "drift", comparison == null ? null : text(comparison.drift()),
            "unexplained", comparison == null ? null : text(comparison.unexplained()),
            "note", note));
  }

  private static @Nullable String text(@Nullable Difference difference) {
    return difference == null ? null : difference.toDecimalString();
  }
}
