package io.walletsync.core.rule;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import org.jspecify.annotations.Nullable;

/**
 * The wallets that a rule is about: those that everything given is true of. Null means any.
 *
 * @param metadata entries that a wallet must have; it may have more
 */
public record AlertScope(
    @Nullable WalletId wallet,
    @Nullable ConnectionId connection,
    @Nullable ProviderId provider,
    @Nullable CurrencyCode currency,
    @Nullable String ownerId,
    Metadata metadata) {
  public static final AlertScope ALL = new AlertScope(null, null, null, null, null, Metadata.NONE);

  public static AlertScope of(WalletId wallet) {
    return new AlertScope(wallet, null, null, null, null, Metadata.NONE);
  }

  boolean covers(Wallet candidate) {
    return (wallet == null || wallet.equals(candidate.id()))
        && (connection == null || connection.equals(candidate.connectionId()))
        && (provider == null || provider.equals(candidate.provider()))
        && (currency == null || currency.equals(candidate.currency()))
        && (ownerId == null || ownerId.equals(candidate.ownerId()))
        && candidate.metadata().entries().entrySet().containsAll(metadata.entries().entrySet());
  }
}
