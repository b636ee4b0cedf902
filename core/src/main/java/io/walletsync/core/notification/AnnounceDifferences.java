package io.walletsync.core.notification;

import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.money.Difference;
import io.walletsync.core.notification.Notification.About;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.notification.Notification.Occurrence;
import io.walletsync.core.reconciliation.DifferenceListener;
import io.walletsync.core.reconciliation.Reconciliation;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts differences between books and provider into the outbox, in the transaction that notes them.
 */
public final class AnnounceDifferences implements DifferenceListener {
  private final Outbox outbox;
  private final Ids ids;

  public AnnounceDifferences(Outbox outbox, Ids ids) {
    this.outbox = outbox;
    this.ids = ids;
  }

  @Override
  public void onBegun(List<Reconciliation> open) {
    outbox.append(
        open.stream()
            .<Notification>map(
                it ->
                    occurrence(
                        Kind.RECONCILIATION_DIFFERS,
                        it,
                        Objects.requireNonNull(it.comparison()).comparedAt(),
                        facts(it)))
            .toList());
  }

  @Override
  public void onEnded(List<Reconciliation> settled) {
    outbox.append(settled.stream().<Notification>map(this::ended).toList());
  }

  private Occurrence ended(Reconciliation reconciliation) {
    var how = Objects.requireNonNull(reconciliation.settled());
    var facts = facts(reconciliation);
    facts.put("how", how.how().code());
    return occurrence(Kind.RECONCILIATION_SETTLED, reconciliation, how.at(), facts);
  }

  private Occurrence occurrence(
      Kind kind,
      Reconciliation reconciliation,
      Instant at,
      SortedMap<String, @Nullable String> facts) {
    return new Occurrence(
        ids.next(),
        kind,
        Optional.of(new About(reconciliation.expected().walletId(), reconciliation.connectionId())),
        at,
        facts);
  }

  private static SortedMap<String, @Nullable String> facts(Reconciliation reconciliation) {
    var expected = reconciliation.expected();
    var comparison = Objects.requireNonNull(reconciliation.comparison());
    var balance = comparison.balance();
    return AuditEntry.facts(
        "reconciliation_id", reconciliation.id().toString(),
        "reference", expected.reference(),
        "as_of", expected.asOf().toString(),
        "currency", expected.amount().currency().value(),
        "expected_balance", expected.amount().toDecimalString(),
        "provider_balance", balance == null ? null : balance.toDecimalString(),
        "drift", text(comparison.drift()),
        "unexplained", text(comparison.unexplained()));
  }

  private static @Nullable String text(@Nullable Difference difference) {
    return difference == null ? null : difference.toDecimalString();
  }
}
