package io.walletsync.core.payout;

import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.money.Difference;
import io.walletsync.core.money.Money;
import io.walletsync.core.payout.PayoutAnswer.Reason;
import io.walletsync.core.provider.ProviderFailure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a locked wallet can pay: its balance without what is set aside for other payouts.
 *
 * @param cameAt when the question came: a balance that was asked for since is young enough
 * @param lacksOutflow whether a payout that may have left was released after the balance was asked
 *     for
 * @param open what is set aside
 * @param known what stands under the reference that is asked for
 */
record Reckoning(
    WalletBalance wallet,
    Instant now,
    Instant cameAt,
    Duration maxAge,
    boolean lacksOutflow,
    List<Reservation> open,
    @Nullable Reservation known) {

  /** Why the amount cannot be paid; null where it can. */
  @Nullable Reason reason(Money amount) {
    var over = known == null ? null : reasonOf(known.state());
    if (over != null) {
      return over;
    }
    if (wallet.doubt().isPresent()) {
      return Reason.IN_DOUBT;
    }
    var latest = wallet.latest().orElse(null);
    if (latest == null) {
      return Reason.NO_BALANCE;
    }
    if (isStale(latest)) {
      return Reason.STALE;
    }
    return free(latest).value().compareTo(amount.amount()) < 0 ? Reason.INSUFFICIENT : null;
  }

  private static @Nullable Reason reasonOf(Reservation.State state) {
    return switch (state) {
      case HELD -> null;
      case CONFIRMED -> Reason.ALREADY_CONFIRMED;
      case COVERED -> Reason.ALREADY_COVERED;
      case RELEASED -> Reason.ALREADY_RELEASED;
    };
  }

  private boolean isStale(LatestBalance latest) {
    return lacksOutflow
        || (latest.confirmedByCallStartedAt().isBefore(cameAt)
            && CheckPayout.age(latest, now).compareTo(maxAge) > 0);
  }

  private Difference free(LatestBalance latest) {
    return Difference.between(latest.snapshot().balance().available(), reserved());
  }

  /** For others than the payout that is asked for. */
  private Money reserved() {
    return new Money(
        open.stream()
            .filter(it -> known == null || !it.id().equals(known.id()))
            .map(it -> it.amount().amount())
            .reduce(BigDecimal.ZERO, BigDecimal::add),
        wallet.wallet().currency());
  }

  PayoutAnswer answer(
      Money amount,
      @Nullable Reason reason,
      @Nullable ProviderFailure failure,
      @Nullable Reservation reservation) {
    var latest = wallet.latest().orElse(null);
    return new PayoutAnswer(
        reason,
        amount,
        latest == null ? null : latest.snapshot().balance().available(),
        reserved(),
        latest == null ? null : free(latest),
        latest == null ? null : CheckPayout.age(latest, now),
        latest == null ? null : latest.snapshot().sequence(),
        wallet.doubt().orElse(null),
        failure,
        reservation);
  }
}
