package io.walletsync.core.judgement;

import io.walletsync.core.balance.BalanceChange;
import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.money.Difference;
import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.SyncSchedule;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a wallet when rules judge it; only what they need is looked up.
 *
 * @param previous the balance before the newest, in force or not known
 * @param current the newest balance; null where none is known
 * @param recordedAt when the newest was recorded; null where it is being recorded now
 * @param extremes by period, between what the balance was during the last one
 * @param drift the largest open difference from the books
 * @param unexplained by period, what movements do not explain, added up without signs
 * @param runway null where nobody can tell
 */
public record Circumstances(
    Wallet wallet,
    Instant now,
    @Nullable Money previous,
    @Nullable Money current,
    @Nullable Instant recordedAt,
    @Nullable Instant confirmedAt,
    SyncSchedule schedule,
    int failures,
    Optional<QuarantinedReading> doubt,
    Map<Duration, Evidence.Extremes> extremes,
    @Nullable Difference drift,
    Map<Duration, Difference> unexplained,
    Runways.@Nullable Lasting runway) {
  /** While a change is recorded; the rest is for rules that are not judged then. */
  public static Circumstances of(BalanceChange change, Map<Duration, Evidence.Extremes> extremes) {
    var previous = change.previous();
    var snapshot = change.snapshot();
    return new Circumstances(
        change.wallet(),
        snapshot.createdAt(),
        previous == null ? null : previous.balance().available(),
        snapshot.balance().available(),
        null,
        snapshot.observedAt(),
        SyncSchedule.STANDARD,
        0,
        Optional.empty(),
        extremes,
        null,
        Map.of(),
        null);
  }
}
