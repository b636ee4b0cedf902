package io.walletsync.core.payout;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.payout.Reservation.Confirmed;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Use case: say that a payout was sent. Its money stays set aside until a reading or a movement
 * shows that it has left. Said again it changes nothing.
 */
public final class ConfirmPayout {
  private final BalanceSnapshots snapshots;
  private final Reservations reservations;
  private final Transactions transactions;
  private final PayoutAudit audit;

  public ConfirmPayout(
      BalanceSnapshots snapshots,
      Reservations reservations,
      Transactions transactions,
      Auditor auditor) {
    this.snapshots = snapshots;
    this.reservations = reservations;
    this.transactions = transactions;
    this.audit = new PayoutAudit(auditor);
  }

  public Outcome confirm(Command command) {
    return transactions.inTransaction(() -> confirmLocked(command));
  }

  private Outcome confirmLocked(Command command) {
    var locked = snapshots.lock(new LinkedHashSet<>(List.of(command.wallet())));
    var wallet = locked.byId().get(command.wallet());
    if (wallet == null || !command.visibility().includes(wallet.wallet().connectionId())) {
      return new Outcome.UnknownWallet();
    }
    var found = reservations.find(command.wallet(), command.reservation()).orElse(null);
    if (found == null) {
      return new Outcome.Unknown();
    }
    var now = locked.lockedAt();
    return switch (found.state()) {
      case HELD -> {
        var confirmed =
            found.confirmed(
                new Confirmed(now, command.actor().name(), command.movementReference()));
        reservations.save(List.of(confirmed));
        audit.confirmed(command.actor(), wallet.wallet(), confirmed);
        yield new Outcome.Confirmed(confirmed, now);
      }
      case CONFIRMED ->
          Objects.equals(
                  Objects.requireNonNull(found.confirmed()).movementReference(),
                  command.movementReference())
              ? new Outcome.Confirmed(found, now)
              : new Outcome.ConfirmedOtherwise(found);
      case COVERED -> new Outcome.Confirmed(found, now);
      case RELEASED -> new Outcome.Released(found);
    };
  }

  /**
   * What was sent.
   *
   * @param movementReference the provider's name of its movement: then nothing else covers it; null
   *     where the reference of the payout is its name too, or nobody knows
   */
  public record Command(
      Actor actor,
      Visibility visibility,
      WalletId wallet,
      UUID reservation,
      @Nullable String movementReference) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** Confirmed now or before, or covered already. */
    record Confirmed(Reservation reservation, Instant at) implements Outcome {}

    /** It was confirmed with another name of its movement; nothing changed. */
    record ConfirmedOtherwise(Reservation reservation) implements Outcome {}

    /** It was released before; its money may be set aside for another payout by now. */
    record Released(Reservation reservation) implements Outcome {}

    record Unknown() implements Outcome {}

    record UnknownWallet() implements Outcome {}
  }
}
