package io.walletsync.core.payout;

import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.wallet.WalletId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Use case: end the reservations whose money has left though nobody asks, so that what is listed
 * and measured is true. By the rules and under the lock of a question; a wallet that somebody else
 * has locked, and one of which there is nothing new, is left alone.
 */
public final class CoverOpenReservations {
  private static final int PAGE = 200;

  private final BalanceSnapshots snapshots;
  private final Reservations reservations;
  private final CoverReservations coverReservations;
  private final Transactions transactions;

  public CoverOpenReservations(
      BalanceSnapshots snapshots,
      Reservations reservations,
      BalanceHistory history,
      Movements movements,
      Transactions transactions,
      Auditor auditor) {
    this.snapshots = snapshots;
    this.reservations = reservations;
    this.coverReservations =
        new CoverReservations(reservations, history, movements, new PayoutAudit(auditor));
    this.transactions = transactions;
  }

  /** Looks at every wallet; what breaks at one is thrown when the others were looked at. */
  public Outcome cover(Command command) {
    var walk = new Walk(command.isStopping());
    walk.all();
    if (walk.broken != null) {
      throw walk.broken;
    }
    return new Outcome(walk.covered);
  }

  private int coverLocked(WalletId id) {
    var locked = snapshots.lockFree(new LinkedHashSet<>(List.of(id)));
    var wallet = locked.byId().get(id);
    if (wallet == null) {
      return 0;
    }
    var before = reservations.open(id).size();
    return before - coverReservations.cover(wallet, locked.lockedAt()).size();
  }

  /** Through all wallets of which money is set aside, once. */
  private final class Walk {
    private final BooleanSupplier isStopping;
    private int covered;
    private @Nullable RuntimeException broken;

    private Walk(BooleanSupplier isStopping) {
      this.isStopping = isStopping;
    }

    private void all() {
      var page = reservations.walletsWithOpen(null, PAGE);
      while (!page.isEmpty() && !isStopping.getAsBoolean()) {
        snapshots.latest(new LinkedHashSet<>(page)).values().forEach(this::one);
        page = page.size() < PAGE ? List.of() : reservations.walletsWithOpen(page.getLast(), PAGE);
      }
    }

    private void one(WalletBalance wallet) {
      if (isStopping.getAsBoolean()) {
        return;
      }
      try {
        if (coverReservations.hasNews(wallet)) {
          covered += transactions.inTransaction(() -> coverLocked(wallet.wallet().id()));
        }
      } catch (RuntimeException e) {
        broken = e;
      }
    }
  }

  /** Until all were looked at, or the node stops. */
  public record Command(BooleanSupplier isStopping) {}

  /**
   * What came of it.
   *
   * @param covered how many ended
   */
  public record Outcome(int covered) {}
}
