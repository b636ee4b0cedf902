package io.walletsync.core.schedule;

import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.SyncSchedule;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Driven port: when each wallet is due, and whose turn it is. Wallets enter and leave it with their
 * registration, pause and closing; times are the database's.
 */
public interface SyncQueue {
  /**
   * Takes the wallets of a provider that are due for longest, in the caller's open transaction.
   * Nobody else gets them until the lease ends; then they are due again by themselves. What another
   * caller is taking just now is passed over.
   */
  Leased lease(ProviderId provider, int most, Duration leaseFor);

  /** Which of these leases still hold; they stay locked until the transaction ends. */
  Set<Lease> lockHeld(Collection<Lease> leases);

  /** Ends leases that are locked, and says when their wallets are due next. */
  void settle(Collection<Next> next);

  /**
   * Brings wallets with an adaptive schedule back to its shortest interval: due after it at the
   * latest. A turn under way stays what it is.
   */
  void quicken(Collection<WalletId> wallets);

  /** Where wallets stand; those that the caller may not see are missing. */
  Map<WalletId, Standing> standing(Visibility visibility, Collection<WalletId> wallets);

  /**
   * How many wallets have been due for longer than this, leases that ended unsettled included. Many
   * thousands of a provider may count as fewer.
   */
  long countOverdue(Duration longerThan);

  /** The right to one turn of a wallet; the token tells it from a later turn. */
  record Lease(WalletId wallet, UUID token) {}

  /**
   * What was taken, the longest due first.
   *
   * @param at the database's time, cut to microseconds: the start of these turns
   */
  record Leased(List<DueWallet> wallets, Instant at) {}

  /**
   * A wallet whose turn it is.
   *
   * @param schedule what is in force
   * @param failures how many turns failed in a row before this one
   * @param pace the present interval of an adaptive schedule; null before its first turn
   * @param known the available balance before this turn; null where there is none
   * @param isTakenOver whether an earlier turn was never ended
   */
  record DueWallet(
      Wallet wallet,
      Lease lease,
      SyncSchedule schedule,
      int failures,
      @Nullable Duration pace,
      @Nullable Money known,
      boolean isTakenOver) {}

  /**
   * What comes after a turn.
   *
   * @param pace the interval an adaptive schedule has come to; null where it is fixed
   */
  record Next(Lease lease, Instant dueAt, int failures, @Nullable Duration pace) {}

  /**
   * Where a wallet stands.
   *
   * @param inForce its own schedule, or what it inherits
   * @param dueAt when its next turn begins; null while it has none, or has it right now
   * @param failures how many turns failed in a row
   */
  record Standing(SyncSchedule inForce, @Nullable Instant dueAt, int failures) {}
}
