package io.walletsync.core.export;

import io.walletsync.core.analytics.Period;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.movement.Movements.Place;
import io.walletsync.core.movement.ProviderMovement;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Use case: every movement of a period, wallet by wallet and each in the order of its times, in
 * pages that hold no transaction, as {@link ExportSnapshots} does it with snapshots.
 */
public final class ExportMovements {
  private final WalletWalk walk;
  private final Movements movements;

  public ExportMovements(Wallets wallets, Movements movements) {
    this.walk = new WalletWalk(wallets);
    this.movements = movements;
  }

  public ExportOutcome export(Query query, BiConsumer<Wallet, ProviderMovement> each) {
    var after = query.after();
    if (after != null && !query.period().contains(after.place().occurredAt())) {
      return new ExportOutcome.ForeignRow();
    }
    return walk.walk(
        query.wallets(),
        after == null ? null : after.wallet(),
        wallet -> export(wallet, query, after == null ? null : after.place(), each),
        wallet -> export(wallet, query, null, each));
  }

  private void export(
      Wallet wallet,
      Query query,
      @Nullable Place after,
      BiConsumer<Wallet, ProviderMovement> each) {
    new MovementRows(movements, wallet.id(), query.period().from(), query.period().to(), after)
        .forEachRemaining(movement -> each.accept(wallet, movement));
  }

  /** The last row that arrived. */
  public record After(WalletId wallet, Place place) {}

  /**
   * What to export.
   *
   * @param after null to begin with the first
   */
  public record Query(ExportedWallets wallets, Period period, @Nullable After after) {}
}
