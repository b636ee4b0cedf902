package io.walletsync.core.balance;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Driven port, reading only: what was true of balances at a time, and when we learnt it. Whoever
 * asks has checked before that the caller may see the wallets.
 *
 * <p>Periods contain their beginning and not their end.
 */
public interface BalanceHistory {
  /** Before and after everything that is ever recorded. */
  Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");

  Instant END = Instant.parse("9999-12-31T23:59:59.999999Z");

  /** Lists the facts about a wallet whose time lies in a period, in the order of their times. */
  Page<BalanceFact> page(Query query);

  /**
   * What is known today about the balances at a time. A wallet of which nothing is known then is
   * missing.
   */
  default Map<WalletId, BalanceFact> at(Set<WalletId> wallets, Instant at) {
    return at(wallets, at, END);
  }

  /**
   * What was believed at {@code knownAt} about the balances at {@code at}: of the facts that were
   * known and stood, the one with the newest time; of two with one time the snapshot.
   */
  Map<WalletId, BalanceFact> at(Set<WalletId> wallets, Instant at, Instant knownAt);

  Optional<WalletBalanceSnapshot> find(WalletId wallet, UUID snapshotId);

  /** A wallet's snapshots from a sequence on, that one included, in their order. */
  List<WalletBalanceSnapshot> snapshots(WalletId wallet, long from, int limit);

  /**
   * Hands over, oldest first, the last state before a period, if any is known, and each one that
   * begins in it. However many there are, few are held at once.
   */
  void trace(WalletId wallet, Instant from, Instant to, Consumer<BalancePoint> each);

  /**
   * How often balances changed in a period. The first state ever is no change. A wallet that has
   * none until the end of the period is missing.
   */
  Map<WalletId, Long> changes(Set<WalletId> wallets, Instant from, Instant to);

  /** In which order facts are listed. */
  enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
  }

  /** The place of a fact in a listing: by time, and of one time by id. */
  record Position(Instant time, UUID id) {
    private static final UUID NIL = new UUID(0, 0);

    public static Position of(BalanceFact fact) {
      return new Position(fact.trueFrom(), fact.id());
    }
  }

  /**
   * What to list.
   *
   * @param after the last fact of the previous page, or {@link #first}
   */
  record Query(WalletId wallet, Instant from, Instant to, Order order, Position after, int limit) {
    /** The first page of a listing. */
    public static Query first(WalletId wallet, Instant from, Instant to, Order order, int limit) {
      var edge = order == Order.OLDEST_FIRST ? from : to;
      // no fact has the nil id, so it lies before all that have the time
      return new Query(wallet, from, to, order, new Position(edge, Position.NIL), limit);
    }

    public Query after(Position position) {
      return new Query(wallet, from, to, order, position, limit);
    }
  }
}
