package io.walletsync.core.movement;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Driven port: the movements of all wallets. Nothing in it is ever changed. It knows no callers:
 * whoever reads for one finds the wallet within the caller's visibility first.
 */
public interface Movements {
  /**
   * Keeps the movements of one wallet that are not kept yet, in the caller's open transaction, and
   * returns the keys of those. A key that is known stays as it was first told.
   */
  Set<String> add(List<ProviderMovement> movements);

  /** Lists movements by their times, those of one time by their keys. */
  Page<ProviderMovement> page(Query query);

  /** The movements of a wallet that have one of these references, in the order of their times. */
  List<ProviderMovement> named(WalletId wallet, Set<String> references);

  /**
   * What the movements of a wallet add up to.
   *
   * @param from the first moment that counts
   * @param until the first moment that does not count any more
   */
  Total sum(WalletId wallet, Instant from, Instant until);

  /** The time of the newest movement of a wallet before this one. */
  Optional<Instant> newestBefore(WalletId wallet, Instant time);

  /**
   * What to list.
   *
   * @param from the first moment that counts; null for the beginning
   * @param until the first moment that does not count any more; null for no end
   * @param after the last movement of the previous page
   */
  record Query(
      WalletId wallet,
      @Nullable Instant from,
      @Nullable Instant until,
      Order order,
      @Nullable Place after,
      int limit) {}

  /** In which direction to list. */
  enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
  }

  /** Where a movement stands in a listing. */
  record Place(Instant occurredAt, String key) implements Comparable<Place> {
    public static Place of(ProviderMovement movement) {
      return new Place(movement.occurredAt(), movement.key());
    }

    @Override
    public int compareTo(Place other) {
      var byTime = occurredAt.compareTo(other.occurredAt);
      return byTime == 0 ? key.compareTo(other.key) : byTime;
    }
  }

  /**
   * A sum.
   *
   * @param count of how many movements
   * @param difference exact, in the wallet's currency
   */
  record Total(long count, BigDecimal difference) {}
}
