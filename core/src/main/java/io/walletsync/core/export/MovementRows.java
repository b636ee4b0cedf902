package io.walletsync.core.export;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.movement.Movements.Order;
import io.walletsync.core.movement.Movements.Place;
import io.walletsync.core.movement.Movements.Query;
import io.walletsync.core.movement.ProviderMovement;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The movements of one wallet and period, oldest first, of which one page is held at once. */
final class MovementRows implements Iterator<ProviderMovement> {
  private static final int AT_ONCE = 1_000;

  private final Movements movements;
  private Query query;
  private @Nullable Page<ProviderMovement> page;
  private int next;

  MovementRows(
      Movements movements, WalletId wallet, Instant from, Instant to, @Nullable Place after) {
    this.movements = movements;
    this.query = new Query(wallet, from, to, Order.OLDEST_FIRST, after, AT_ONCE);
  }

  @Override
  public boolean hasNext() {
    return peek() != null;
  }

  @Override
  public ProviderMovement next() {
    var found = peek();
    if (found == null) {
      throw new NoSuchElementException();
    }
    next++;
    return found;
  }

  /** The next one without going on; null at the end. */
  @Nullable ProviderMovement peek() {
    var current = page == null ? movements.page(query) : page;
    if (next == current.items().size() && current.hasMore()) {
      query =
          new Query(
              query.wallet(),
              query.from(),
              query.until(),
              query.order(),
              Place.of(current.items().getLast()),
              query.limit());
      current = movements.page(query);
      next = 0;
    }
    page = current;
    return next < current.items().size() ? current.items().get(next) : null;
  }
}
