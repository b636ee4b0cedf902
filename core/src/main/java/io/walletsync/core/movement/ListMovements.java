package io.walletsync.core.movement;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.movement.Movements.Query;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallets;

/** Use case: list the movements of a wallet that the caller may see. */
public final class ListMovements {
  private final Wallets wallets;
  private final Movements movements;

  public ListMovements(Wallets wallets, Movements movements) {
    this.wallets = wallets;
    this.movements = movements;
  }

  public Outcome list(Command command) {
    return wallets.find(command.query().wallet(), command.visibility()).isEmpty()
        ? new Outcome.UnknownWallet()
        : new Outcome.Listed(movements.page(command.query()));
  }

  /** What to list, and what the caller may see. */
  public record Command(Visibility visibility, Query query) {}

  /** What came of it. */
  public sealed interface Outcome {
    record Listed(Page<ProviderMovement> page) implements Outcome {}

    record UnknownWallet() implements Outcome {}
  }
}
