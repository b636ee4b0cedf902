package io.walletsync.core.export;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import org.jspecify.annotations.Nullable;

/** Of which wallets to export; null means any. */
public record ExportedWallets(
    Visibility visibility,
    @Nullable WalletId wallet,
    @Nullable ConnectionId connection,
    @Nullable ProviderId provider,
    @Nullable CurrencyCode currency) {

  Wallets.Query page(@Nullable WalletId last, int limit) {
    return new Wallets.Query(visibility, connection, provider, currency, null, null, last, limit);
  }

  boolean contain(Wallet one) {
    return (wallet == null || wallet.equals(one.id()))
        && (connection == null || connection.equals(one.connectionId()))
        && (provider == null || provider.equals(one.provider()))
        && (currency == null || currency.equals(one.currency()));
  }
}
