package io.walletsync.core.balance;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider said of a wallet, on its way to be recorded.
 *
 * @param callStartedAt when the provider was asked, by the database's clock
 * @param observedAt when it had answered, by the database's clock
 * @param providerTime the provider's own time of the balance, cut to microseconds
 * @param claimedUserId whom the caller says it acts for
 * @param completion what is settled with it; null where nothing waits for it
 * @param look whether it was looked at again, should it be strange
 */
public record Observation(
    WalletId wallet,
    Balance balance,
    @Nullable ExternalBalanceId externalId,
    @Nullable Instant providerTime,
    Instant callStartedAt,
    Instant observedAt,
    Source source,
    Metadata metadata,
    Actor actor,
    @Nullable String claimedUserId,
    @Nullable Completion completion,
    Look look) {

  /** Who asked for it under which key; null where nobody did. */
  @Nullable RequestKey requestKey() {
    return completion == null ? null : completion.requestedUnder().orElse(null);
  }

  /** The same observation after another look. */
  public Observation lookedAt(Look newLook) {
    return new Observation(
        wallet,
        balance,
        externalId,
        providerTime,
        callStartedAt,
        observedAt,
        source,
        metadata,
        actor,
        claimedUserId,
        completion,
        newLook);
  }
}
