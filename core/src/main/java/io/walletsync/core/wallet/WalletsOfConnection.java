package io.walletsync.core.wallet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the wallets of a connection to the end, page by page. */
public final class WalletsOfConnection {
  private static final int AT_ONCE = 500;

  private final Wallets wallets;

  public WalletsOfConnection(Wallets wallets) {
    this.wallets = wallets;
  }

  /** Those of a status, or all where it is null; oldest first. */
  public List<Wallet> list(ConnectionId connection, Wallet.@Nullable Status status) {
    var all = new ArrayList<Wallet>();
    WalletId last = null;
    boolean hasMore;
    do {
      var page =
          wallets.page(
              new Wallets.Query(
                  Visibility.ALL, connection, null, null, null, status, last, AT_ONCE));
      all.addAll(page.items());
      last = all.isEmpty() ? null : all.getLast().id();
      hasMore = page.hasMore();
    } while (hasMore);
    return all;
  }
}
