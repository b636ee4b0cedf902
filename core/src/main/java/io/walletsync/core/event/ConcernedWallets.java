package io.walletsync.core.event;

import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import io.walletsync.core.wallet.WalletsOfConnection;
import java.util.List;

/** Finds the wallets of a connection that an event may have changed. */
final class ConcernedWallets {
  private final WalletsOfConnection wallets;

  ConcernedWallets(Wallets wallets) {
    this.wallets = new WalletsOfConnection(wallets);
  }

  /** The wallets in use; a paused one is synced on demand only. */
  List<Wallet> of(ConnectionId connection, Concern concern) {
    return switch (concern) {
      case Concern.Nothing() -> List.of();
      case Concern.Everything() -> wallets.list(connection, Wallet.Status.ACTIVE);
      case Concern.Currencies(var currencies) ->
          wallets.list(connection, Wallet.Status.ACTIVE).stream()
              .filter(wallet -> currencies.contains(wallet.currency()))
              .toList();
    };
  }
}
