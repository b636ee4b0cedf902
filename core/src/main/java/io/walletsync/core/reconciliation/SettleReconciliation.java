package io.walletsync.core.reconciliation;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.reconciliation.Reconciliation.How;
import io.walletsync.core.reconciliation.Reconciliation.Settled;
import io.walletsync.core.wallet.Visibility;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Use case: a person accepts a difference, or says that it is resolved, and why. */
public final class SettleReconciliation {
  private final Reconciliations reconciliations;
  private final Transactions transactions;
  private final ReconciliationAudit audit;
  private final DifferenceListeners listeners;
  private final InstantSource clock;

  public SettleReconciliation(
      Reconciliations reconciliations,
      Transactions transactions,
      Auditor auditor,
      List<DifferenceListener> listeners,
      InstantSource clock) {
    this.reconciliations = reconciliations;
    this.transactions = transactions;
    this.audit = new ReconciliationAudit(auditor);
    this.listeners = new DifferenceListeners(listeners);
    this.clock = clock;
  }

  public Outcome settle(Command command) {
    return transactions.inTransaction(() -> settleInTransaction(command));
  }

  private Outcome settleInTransaction(Command command) {
    var found = reconciliations.find(command.reconciliation(), command.visibility()).orElse(null);
    if (found == null) {
      return new Outcome.Unknown();
    }
    var how = command.decision().how;
    var settled =
        new Settled(
            how, Microseconds.cut(clock.instant()), command.actor().name(), command.note(), null);
    if (reconciliations.settle(found.id(), settled)) {
      var now = reconciliations.find(found.id(), command.visibility()).orElseThrow();
      audit.settled(command.actor(), now, command.note());
      listeners.ended(List.of(now));
      return new Outcome.Settled(now);
    }
    // read again: what was found may have been settled meanwhile
    var now = reconciliations.find(found.id(), command.visibility()).orElseThrow();
    return switch (now.state()) {
      case PENDING, UNKNOWN, AGREED -> new Outcome.NoDifference(now);
      case OPEN -> throw new IllegalStateException("what is open can be settled");
      case ACCEPTED, RESOLVED ->
          repeats(command, how, now.settled())
              ? new Outcome.Settled(now)
              : new Outcome.SettledOtherwise(now);
    };
  }

  /** The same decision for the same reason; another reason would be lost without a word. */
  private static boolean repeats(
      Command command, How how, Reconciliation.@Nullable Settled settled) {
    return settled != null && settled.how() == how && command.note().equals(settled.note());
  }

  /** What a person can decide. */
  public enum Decision {
    /** The difference is known and lived with. */
    ACCEPT(How.ACCEPTED),
    /** It is over: booked, paid back, or explained. */
    RESOLVE(How.RESOLVED);

    private final How how;

    Decision(How how) {
      this.how = how;
    }
  }

  /** What is decided, by whom and why. */
  public record Command(
      Actor actor, Visibility visibility, UUID reconciliation, Decision decision, String note) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** As decided, now or before for the same reason. */
    record Settled(Reconciliation reconciliation) implements Outcome {}

    /** It had ended already, in another way or for another reason; nothing changed. */
    record SettledOtherwise(Reconciliation reconciliation) implements Outcome {}

    /** There is no difference to settle. */
    record NoDifference(Reconciliation reconciliation) implements Outcome {}

    record Unknown() implements Outcome {}
  }
}
