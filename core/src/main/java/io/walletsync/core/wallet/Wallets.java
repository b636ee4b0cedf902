package io.walletsync.core.wallet;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.money.CurrencyCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Driven port: the registry of wallets. */
public interface Wallets {
  /**
   * Keeps the wallet if its connection, provider account and currency are not registered yet;
   * otherwise returns the one that is, unchanged and locked until the transaction ends. A new one
   * is due one interval later, by the database's clock.
   */
  Wallet addOrLock(Wallet candidate);

  Optional<Wallet> find(WalletId id, Visibility visibility);

  /**
   * Finds wallets for callers that may see different ones: each has still to be checked against its
   * own caller's {@link Visibility}.
   */
  Map<WalletId, Wallet> findAll(Set<WalletId> ids);

  /** Like {@link #find}, and locked until the transaction ends. */
  Optional<Wallet> lock(WalletId id, Visibility visibility);

  /**
   * Replaces metadata, status, schedule and time of change of a locked wallet. Where status or
   * schedule change, its turn is taken from whoever has it: paused or closed it has no more turns,
   * else it is due one interval from now at the latest.
   */
  void update(Wallet wallet);

  /** How many wallets of the connection are not closed. */
  int countOpen(ConnectionId connection);

  /**
   * Closes all open wallets of a connection, which then have no more turns, and returns them as
   * they are now.
   */
  List<Wallet> closeAll(ConnectionId connection, Instant at);

  /** Lists wallets, oldest first. */
  Page<Wallet> page(Query query);

  /**
   * What to list; null means any.
   *
   * @param after the last wallet of the previous page
   */
  record Query(
      Visibility visibility,
      @Nullable ConnectionId connection,
      @Nullable ProviderId provider,
      @Nullable CurrencyCode currency,
      @Nullable String ownerId,
      Wallet.@Nullable Status status,
      @Nullable WalletId after,
      int limit) {}
}
