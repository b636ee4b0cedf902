package io.walletsync.core.event;

import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import java.util.ArrayList;
import java.util.List;

/** Finds the wallets of a connection that an event may have changed. */
final class ConcernedWallets {
  private static final int AT_ONCE = 500;

  private final Wallets wallets;

  ConcernedWallets(Wallets wallets) {
    this.wallets = wallets;
  }

  /** The wallets in use; a paused one is synced on demand only. */
  List<Wallet> of(ConnectionId connection, Concern concern) {
    var concerned = new ArrayList<Wallet>();
    if (concern instanceof Concern.Nothing) {
      return concerned;
    }
    Wallet last = null;
    boolean hasMore;
    do {
      var page =
          wallets.page(
              new Wallets.Query(
                  Visibility.ALL,
                  connection,
                  null,
                  null,
                  null,
                  Wallet.Status.ACTIVE,
                  last == null ? null : last.id(),
                  AT_ONCE));
      for (var wallet : page.items()) {
        if (!(concern instanceof Concern.Currencies(var currencies))
            || currencies.contains(wallet.currency())) {
          concerned.add(wallet);
        }
        last = wallet;
      }
      hasMore = page.hasMore();
    } while (hasMore);
    return concerned;
  }
}
