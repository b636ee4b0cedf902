package io.walletsync.core.balance;

import io.walletsync.core.wallet.Wallet;
import org.jspecify.annotations.Nullable;

/**
 * A wallet's balance became another one.
 *
 * @param previous null where none was known before
 */
public record BalanceChange(
    Wallet wallet, @Nullable WalletBalanceSnapshot previous, WalletBalanceSnapshot snapshot) {}
