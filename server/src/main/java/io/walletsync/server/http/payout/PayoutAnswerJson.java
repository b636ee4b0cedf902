package io.walletsync.server.http.payout;

import io.walletsync.core.payout.PayoutAnswer;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.balance.DoubtJson;
import io.walletsync.server.http.balance.SnapshotJson;
import io.walletsync.server.http.reconciliation.ReconciliationJson;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Whether a wallet can pay, with the arithmetic: {@code balance} less {@code reserved} is {@code
 * free}. Unknown is null, never zero.
 */
@JsonNaming(SnakeCaseStrategy.class)
record PayoutAnswerJson(
    UUID walletId,
    String reference,
    boolean canPay,
    @Nullable String reason,
    String amount,
    String currency,
    @Nullable String balance,
    String reserved,
    @Nullable String free,
    @Nullable Long ageSeconds,
    @Nullable Long sequence,
    @Nullable DoubtJson inDoubt,
    @Nullable SyncFailure syncFailure,
    @Nullable ReservationJson reservation) {

  static PayoutAnswerJson of(WalletId wallet, String reference, PayoutAnswer it, Instant now) {
    var reason = it.reason();
    var age = it.age();
    var doubt = it.doubt();
    var failure = it.failure();
    var reservation = it.reservation();
    return new PayoutAnswerJson(
        wallet.value(),
        reference,
        it.canPay(),
        reason == null ? null : reason.code(),
        it.amount().toDecimalString(),
        it.amount().currency().value(),
        SnapshotJson.text(it.available()),
        it.reserved().toDecimalString(),
        ReconciliationJson.text(it.free()),
        age == null ? null : age.toSeconds(),
        it.sequence(),
        doubt == null ? null : DoubtJson.of(doubt),
        failure == null ? null : SyncFailure.of(failure),
        reservation == null ? null : ReservationJson.of(reservation, now));
  }

  /** Why the balance could not be had anew. */
  record SyncFailure(String reason, String detail) {
    static SyncFailure of(ProviderFailure failure) {
      return new SyncFailure(failure.reason().code(), failure.detail());
    }
  }
}
