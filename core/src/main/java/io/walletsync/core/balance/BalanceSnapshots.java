package io.walletsync.core.balance;

import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Driven port: the immutable snapshots of all wallets, and of each wallet the newest one. All
 * writing happens in the caller's open transaction.
 */
public interface BalanceSnapshots {
  /**
   * The newest balances of wallets, for callers that may see different ones: each has still to be
   * checked against its own caller's {@link Visibility}. A wallet that does not exist is missing.
   */
  Map<WalletId, WalletBalance> latest(Set<WalletId> wallets);

  /** The newest balance of a wallet, empty when the caller may not see such a wallet. */
  default Optional<WalletBalance> latest(WalletId wallet, Visibility visibility) {
    return Optional.ofNullable(latest(Set.of(wallet)).get(wallet))
        .filter(found -> visibility.includes(found.wallet().connectionId()));
  }

  /**
   * Locks wallets, in the order given, until the transaction ends. A wallet that does not exist is
   * missing from the result.
   */
  LockedWallets lock(SequencedSet<WalletId> wallets);

  /** Like {@link #lock}, and a wallet that somebody else has locked is missing too. */
  LockedWallets lockFree(SequencedSet<WalletId> wallets);

  /** Snapshots that carry one of these external ids of these wallets. */
  List<WalletBalanceSnapshot> findByExternalId(Map<WalletId, Set<ExternalBalanceId>> ids);

  /** Snapshots that one of these requests made of these wallets. */
  List<WalletBalanceSnapshot> findByRequestKey(Map<WalletId, Set<RequestKey>> keys);

  /** Appends snapshots. Each wallet is locked and each sequence is the next one of its wallet. */
  void append(List<WalletBalanceSnapshot> snapshots);

  /** Sets the newest balance of locked wallets. */
  void setLatest(Collection<LatestBalance> latest);

  /** Keeps readings that came too late to count. */
  void appendLate(List<LateReading> readings);

  /**
   * A wallet with its newest balance, if it has one.
   *
   * @param doubt the reading that is not believed, while there is one
   * @param readAt the database's time of looking
   */
  record WalletBalance(
      Wallet wallet,
      Optional<LatestBalance> latest,
      Optional<QuarantinedReading> doubt,
      Instant readAt) {}

  /** Locked wallets and the database's time after the last lock was had. */
  record LockedWallets(Map<WalletId, WalletBalance> byId, Instant lockedAt) {}
}
