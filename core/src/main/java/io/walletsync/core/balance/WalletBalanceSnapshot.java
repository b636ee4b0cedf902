package io.walletsync.core.balance;

import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One state of a wallet's balance, immutable. Its identity is the sequence, never the amount: A, B
 * and A again are three snapshots.
 *
 * @param sequence 1, 2, 3 … without gaps within the wallet
 * @param externalId the provider's name for this state, at most once per wallet
 * @param asOf when the balance became true; strictly grows with the sequence
 * @param providerTime what the provider said about that, even where it could not be used
 * @param callStartedAt when the call that brought it started, by the database's clock
 * @param observedAt when the reply was there, by the database's clock
 * @param requestKey the request that made it, which can never make another one
 */
public record WalletBalanceSnapshot(
    UUID snapshotId,
    WalletId walletId,
    long sequence,
    ProviderId provider,
    Balance balance,
    @Nullable ExternalBalanceId externalId,
    Instant asOf,
    @Nullable Instant providerTime,
    Instant callStartedAt,
    Instant observedAt,
    Source source,
    @Nullable RequestKey requestKey,
    Metadata metadata,
    Instant createdAt) {}
