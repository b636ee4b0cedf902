package io.walletsync.core.bulk;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.Visibility;
import java.util.UUID;

/**
 * Use case: take nothing more of a run. What is in flight is still finished and counted; a run that
 * is over stays as it is.
 */
public final class CancelSyncRun {
  private final SyncRuns runs;
  private final Transactions transactions;
  private final SyncRunAudit audit;

  public CancelSyncRun(SyncRuns runs, Transactions transactions, Auditor auditor) {
    this.runs = runs;
    this.transactions = transactions;
    this.audit = new SyncRunAudit(auditor);
  }

  public Outcome cancel(Command command) {
    return transactions.inTransaction(() -> cancelVisible(command));
  }

  private Outcome cancelVisible(Command command) {
    var run = runs.find(command.run(), command.visibility()).orElse(null);
    if (run == null) {
      return new Outcome.Unknown();
    }
    var cancelled = runs.cancel(command.run());
    var now = runs.find(command.run(), command.visibility()).orElse(run);
    if (cancelled) {
      audit.cancelled(command.actor(), now);
    }
    return new Outcome.Over(now);
  }

  /** Which run. */
  public record Command(Actor actor, Visibility visibility, UUID run) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** As it is now: cancelled, or completed where that was faster. */
    record Over(SyncRun run) implements Outcome {}

    record Unknown() implements Outcome {}
  }
}
