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
   * Begins with the wallet in which the rows broke off.
   *
   * @param brokenOff null to begin with the first
   * @param rest what to do with that wallet
   * @param whole what to do with every other one
   */
  ExportOutcome walk(
      ExportedWallets wanted,
      @Nullable WalletId brokenOff,
      Consumer<Wallet> rest,
      Consumer<Wallet> whole) {
    var only = wanted.wallet();
    var one = only == null ? null : find(only, wanted);
    if (only != null && one == null) {
      return new ExportOutcome.UnknownWallet();
    }
    if (brokenOff != null) {
      var begun = find(brokenOff, wanted);
      if (begun == null || !wanted.contain(begun)) {
        return new ExportOutcome.ForeignRow();
      }
      rest.accept(begun);
    } else if (one != null && wanted.contain(one)) {
      whole.accept(one);
    }
    if (only == null) {
      walkBehind(wanted, brokenOff, whole);
    }
    return new ExportOutcome.Exported();
  }

  private @Nullable Wallet find(WalletId wallet, ExportedWallets wanted) {
    return registry.find(wallet, wanted.visibility()).orElse(null);
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
