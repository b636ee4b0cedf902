package io.walletsync.core.provider;

import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All wallets of a connection, whatever their status, by what they hold. */
public final class RegisteredWallets {
  private static final int AT_ONCE = 500;

  private final Wallets wallets;

  public RegisteredWallets(Wallets wallets) {
    this.wallets = wallets;
  }

  Map<Holding, Wallet> of(ConnectionId connection) {
    var all = new HashMap<Holding, Wallet>();
    var page = wallets.page(query(connection, null));
    page.items().forEach(wallet -> all.put(wallet.holding(), wallet));
    while (page.hasMore()) {
      page = wallets.page(query(connection, page.items().getLast().id()));
      page.items().forEach(wallet -> all.put(wallet.holding(), wallet));
    }
    return all;
  }

  private static Wallets.Query query(ConnectionId connection, @Nullable WalletId after) {
    return new Wallets.Query(Visibility.ALL, connection, null, null, null, null, after, AT_ONCE);
  }
}
