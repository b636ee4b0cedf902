package io.walletsync.core.export;

import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes by the wallets of an export in the order of their ids, a page of them at a time. */
final class WalletWalk {
  private static final int AT_ONCE = 1_000;

  private final Wallets registry;

  WalletWalk(Wallets registry) {
    this.registry = registry;
  }

  /**
   * Begins with the wallet in which the rows broke off, as far as it is still seen.
   *
   * @param brokenOff null to begin with the first
   * @param rest what to do with that wallet
   * @param whole what to do with every other one
   */
  void walk(
      ExportedWallets wanted,
      @Nullable WalletId brokenOff,
      Consumer<Wallet> rest,
      Consumer<Wallet> whole) {
    var first = brokenOff == null ? wanted.wallet() : brokenOff;
    if (first != null) {
      registry
          .find(first, wanted.visibility())
          .filter(wanted::contain)
          .ifPresent(brokenOff == null ? whole : rest);
    }
    if (wanted.wallet() == null) {
      walkBehind(wanted, first, whole);
    }
  }

  private void walkBehind(
      ExportedWallets wanted, @Nullable WalletId behind, Consumer<Wallet> each) {
    var last = behind;
    while (true) {
      var page = registry.page(wanted.page(last, AT_ONCE));
      page.items().forEach(each);
      if (!page.hasMore()) {
        return;
      }
      last = page.items().getLast().id();
    }
  }
}
