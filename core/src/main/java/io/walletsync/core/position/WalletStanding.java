package io.walletsync.core.position;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wallet, what is known to be in it, and what speaks against relying on that.
 *
 * @param changedAt when its registration last changed: of a closed wallet, when it was closed
 * @param balance the newest that is believed; null where there is none yet
 * @param confirmedAt when the provider last said so; null where there is no balance
 * @param inDoubt whether the provider says something that is not believed
 * @param failures how many scheduled syncs failed in a row
 */
public record WalletStanding(
    WalletId id,
    ConnectionId connection,
    ProviderId provider,
    CurrencyCode currency,
    @Nullable String ownerId,
    Wallet.Status status,
    Instant createdAt,
    Instant changedAt,
    @Nullable Balance balance,
    @Nullable Instant confirmedAt,
    boolean inDoubt,
    int failures) {

  /**
   * Whether its money was ours to count then, as far as its registration tells: nothing changes a
   * closed wallet but reopening it, and what it was before that is told by its closures.
   */
  boolean isExpectedAt(Instant at) {
    return !createdAt.isAfter(at) && (status != Wallet.Status.CLOSED || changedAt.isAfter(at));
  }

  boolean isExpected() {
    return status != Wallet.Status.CLOSED;
  }
}
