package io.walletsync.core.payout;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Driven port: the money of wallets that is set aside. It knows no callers: whoever asks for one
 * finds the wallet within the caller's visibility first. All writing happens in the caller's open
 * transaction, which has the wallet locked.
 */
public interface Reservations {
  Optional<Reservation> find(WalletId wallet, UUID id);

  /** The one that stands under a reference, however it ended. */
  Optional<Reservation> under(WalletId wallet, String reference);

  /** All of a wallet whose money is set aside, oldest first. */
  List<Reservation> open(WalletId wallet);

  /**
   * Those of a wallet that ended at this snapshot or a later one, in any order: what they took may
   * show in changes that have yet to be looked at.
   */
  List<Reservation> endedSince(WalletId wallet, long sequence);

  /** When one of a wallet that may have left was last released. */
  Optional<Instant> lastReleaseInDoubt(WalletId wallet);

  /** Wallets behind that one, in the order of their ids, of which money is set aside. */
  List<WalletId> walletsWithOpen(@Nullable WalletId after, int atMost);

  /** Of held and of confirmed ones how many there are; a state without any is missing. */
  List<Figure> figures();

  /** Keeps a new one. */
  void add(Reservation reservation);

  /** Keeps how known ones were examined and confirmed, and how they ended. */
  void save(Collection<Reservation> reservations);

  /** Lists those of a wallet, newest first. */
  Page<Reservation> page(Query query);

  /**
   * What to list.
   *
   * @param state null for any
   * @param before the last one of the previous page; null for the first
   */
  record Query(
      WalletId wallet, Reservation.@Nullable State state, @Nullable UUID before, int limit) {}

  /**
   * How many of a state have their money set aside.
   *
   * @param oldest for how long the one has that was made first
   */
  record Figure(Reservation.State state, long count, Duration oldest) {}
}
