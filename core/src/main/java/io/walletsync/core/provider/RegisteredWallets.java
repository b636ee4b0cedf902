package io.walletsync.core.provider;

import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import io.walletsync.core.wallet.WalletsOfConnection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All wallets of a connection, whatever their status, by what they hold. */
public final class RegisteredWallets {
  private final WalletsOfConnection wallets;

  public RegisteredWallets(Wallets wallets) {
    this.wallets = new WalletsOfConnection(wallets);
  }

  Map<Holding, Wallet> of(ConnectionId connection) {
    return wallets.list(connection, null).stream()
        .collect(Collectors.toUnmodifiableMap(Wallet::holding, Function.identity()));
  }
}
