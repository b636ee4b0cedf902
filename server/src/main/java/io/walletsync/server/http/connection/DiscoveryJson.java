package io.walletsync.server.http.connection;

import io.walletsync.core.provider.DiscoverWallets.Discovered;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.server.http.wallet.WalletJson;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The wallets that a provider offers, all of them registered now.
 *
 * @param registered how many were not registered before
 */
@JsonNaming(SnakeCaseStrategy.class)
record DiscoveryJson(int registered, List<WalletJson> wallets) {
  static DiscoveryJson of(List<Discovered> discovered, Function<Wallet, WalletJson> json) {
    return new DiscoveryJson(
        (int) discovered.stream().filter(Discovered::isNew).count(),
        discovered.stream().map(Discovered::wallet).map(json).toList());
  }
}
