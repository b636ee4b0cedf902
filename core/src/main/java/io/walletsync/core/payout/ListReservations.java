package io.walletsync.core.payout;

import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.Visibility;
import java.time.Instant;

/** Use case: what is set aside in a wallet, and how what was set aside ended. */
public final class ListReservations {
  private final BalanceSnapshots snapshots;
  private final Reservations reservations;

  public ListReservations(BalanceSnapshots snapshots, Reservations reservations) {
    this.snapshots = snapshots;
    this.reservations = reservations;
  }

  public Outcome list(Query query) {
    var found = snapshots.latest(query.page().wallet(), query.visibility()).orElse(null);
    return found == null
        ? new Outcome.UnknownWallet()
        : new Outcome.Listed(reservations.page(query.page()), found.readAt());
  }

  /** Who asks for what. */
  public record Query(Visibility visibility, Reservations.Query page) {}

  /** What there is. */
  public sealed interface Outcome {
    /** A page as of now, by the database's clock. */
    record Listed(Page<Reservation> page, Instant at) implements Outcome {}

    record UnknownWallet() implements Outcome {}
  }
}
