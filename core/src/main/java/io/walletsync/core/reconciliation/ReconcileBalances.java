package io.walletsync.core.reconciliation;

import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.reconciliation.Reconciliations.Part;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Use case: look again at what is pending where more is known by now, and at what is open when it
 * is due, in small parts and for a bounded time; the next round goes on.
 */
public final class ReconcileBalances {
  private static final int PART = 500;

  private final Reconciliations reconciliations;
  private final CompareBalances compareBalances;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Duration longest;

  /** A round takes no longer than given, give or take a part. */
  public ReconcileBalances(
      Reconciliations reconciliations,
      CompareBalances compareBalances,
      Transactions transactions,
      InstantSource clock,
      Duration longest) {
    this.reconciliations = reconciliations;
    this.compareBalances = compareBalances;
    this.transactions = transactions;
    this.clock = clock;
    this.longest = longest;
  }

  public Outcome reconcile(Command command) {
    var begun = System.nanoTime();
    var looked = 0;
    @Nullable UUID next = null;
    do {
      var part = compareNext(next);
      looked += part.withNews().size();
      next = part.next();
    } while (next != null
        && !command.isStopping().getAsBoolean()
        && System.nanoTime() - begun < longest.toNanos());
    lookAgain(command);
    // what two transactions at the same time could not see of each other
    transactions.inTransaction(
        () -> {
          compareBalances.resolveAgreed(null, Microseconds.cut(clock.instant()));
          return Boolean.TRUE;
        });
    return new Outcome(looked);
  }

  /** At what is open, as far as it is due. */
  private void lookAgain(Command command) {
    var begun = System.nanoTime();
    int taken;
    do {
      taken =
          transactions.inTransaction(
              () -> {
                var open = reconciliations.takeOpen(PART);
                compareBalances.compareAgain(open);
                return open.size();
              });
    } while (taken == PART
        && !command.isStopping().getAsBoolean()
        && System.nanoTime() - begun < longest.toNanos());
  }

  private Part compareNext(@Nullable UUID after) {
    return transactions.inTransaction(
        () -> {
          var part = reconciliations.pendingWithNews(after, PART);
          compareBalances.compare(part.withNews());
          return part;
        });
  }

  /** One round, which ends early where the node is stopping. */
  public record Command(BooleanSupplier isStopping) {}

  /** How many were looked at. */
  public record Outcome(int looked) {}
}
