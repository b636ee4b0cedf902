package io.walletsync.core.payout;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.payout.Reservation.Ended;
import io.walletsync.core.payout.Reservation.State;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;

/**
 * Use case: say that a payout will not happen, and why. That frees its money, unless the balance
 * shows already that it has left. Said again it changes nothing.
 */
public final class ReleasePayout {
  private final BalanceSnapshots snapshots;
  private final Reservations reservations;
  private final CoverReservations coverReservations;
  private final Transactions transactions;
  private final PayoutAudit audit;

  public ReleasePayout(
      BalanceSnapshots snapshots,
      Reservations reservations,
      BalanceHistory history,
      Movements movements,
      Transactions transactions,
      Auditor auditor) {
    this.snapshots = snapshots;
    this.reservations = reservations;
    this.audit = new PayoutAudit(auditor);
    this.coverReservations = new CoverReservations(reservations, history, movements, audit);
    this.transactions = transactions;
  }

  public Outcome release(Command command) {
    return transactions.inTransaction(() -> releaseLocked(command));
  }

  private Outcome releaseLocked(Command command) {
    var locked = snapshots.lock(new LinkedHashSet<>(List.of(command.wallet())));
    var wallet = locked.byId().get(command.wallet());
    if (wallet == null || !command.visibility().includes(wallet.wallet().connectionId())) {
      return new Outcome.UnknownWallet();
    }
    if (reservations.find(command.wallet(), command.reservation()).isEmpty()) {
      return new Outcome.Unknown();
    }
    // what left before it was released must not be taken for another payout later
    coverReservations.cover(wallet, locked.lockedAt());
    return release(command, wallet, locked.lockedAt());
  }

  private Outcome release(Command command, WalletBalance wallet, Instant now) {
    var found = reservations.find(command.wallet(), command.reservation()).orElseThrow();
    return switch (found.state()) {
      case HELD, CONFIRMED -> {
        var neverLeft = found.confirmed() == null || command.neverLeft();
        if (!neverLeft && coverReservations.isInQuestion(wallet, found)) {
          yield new Outcome.InQuestion(found);
        }
        var released =
            found.ended(
                new Ended(
                    State.RELEASED,
                    now,
                    command.actor().name(),
                    wallet.latest().orElseThrow().snapshot().sequence(),
                    null,
                    command.note(),
                    neverLeft));
        reservations.save(List.of(released));
        audit.released(command.actor(), wallet.wallet(), released);
        yield new Outcome.Released(released, now);
      }
      case RELEASED -> new Outcome.Released(found, now);
      case COVERED -> new Outcome.Covered(found);
    };
  }

  /**
   * What will not happen, and why.
   *
   * @param neverLeft whether the money certainly never left; what was not confirmed never did
   */
  public record Command(
      Actor actor,
      Visibility visibility,
      WalletId wallet,
      UUID reservation,
      String note,
      boolean neverLeft) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** Released now or before. */
    record Released(Reservation reservation, Instant at) implements Outcome {}

    /** It may have left, and what shows that was taken for another payout; nothing changed. */
    record InQuestion(Reservation reservation) implements Outcome {}

    /** Its money has left, and nothing of it is set aside any more. */
    record Covered(Reservation reservation) implements Outcome {}

    record Unknown() implements Outcome {}

    record UnknownWallet() implements Outcome {}
  }
}
