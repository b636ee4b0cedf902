package io.walletsync.core.schedule;

import io.walletsync.core.balance.Completion;
import io.walletsync.core.balance.Recorded;
import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.schedule.SyncQueue.DueWallet;
import io.walletsync.core.schedule.SyncQueue.Next;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One turn of a wallet's schedule, which the recording of its balance settles. */
public final class Turn implements Completion {
  private final DueWallet due;
  private final Slot slot;
  private final DatabaseClock clock;

  Turn(DueWallet due, Slot slot, DatabaseClock clock) {
    this.due = due;
    this.slot = slot;
    this.clock = clock;
  }

  Wallet wallet() {
    return due.wallet();
  }

  SyncQueue.Lease lease() {
    return due.lease();
  }

  DatabaseClock clock() {
    return clock;
  }

  /** What follows a turn whose reading was judged. */
  Next after(Recorded recorded) {
    var pace = Pace.after(due.schedule(), due.pace(), due.known(), recorded);
    return new Next(
        due.lease(),
        slot.after(clock.readAt(), clock.now(), pace),
        0,
        due.schedule().isAdaptive() ? pace : null);
  }

  /**
   * What follows a turn that brought no balance.
   *
   * @param chance from 0 to 1; the same for all that one call failed, so that one call asks again
   */
  Next afterFailure(@Nullable Duration retryAfter, double chance) {
    var failures = due.failures() + 1;
    var wait = BackOff.after(due.schedule().interval(), failures, retryAfter, chance);
    return new Next(due.lease(), clock.now().plus(wait), failures, due.pace());
  }

  /** Whether an outage ends where this turn brings a balance. */
  boolean followsOutage() {
    return due.failures() >= Outage.BEGINS_AFTER;
  }

  /** The outage that this turn belongs to, when it failed or, without a reason, when it did not. */
  Outage outage(int failures, ProviderFailure.@Nullable Reason reason) {
    return new Outage(due.wallet(), failures, reason, clock.now());
  }

  int failuresBefore() {
    return due.failures();
  }

  @Override
  public Optional<RequestKey> requestedUnder() {
    return Optional.empty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Turn turn && turn.lease().equals(lease());
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(lease());
  }

  @Override
  public String toString() {
    return "Turn[" + lease() + "]";
  }
}
