package io.walletsync.core.notification;

import io.walletsync.core.notification.Notification.About;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Driven port: everything that was told, in one order for everybody. It is only ever added to.
 *
 * <p>Nothing is listed while something may still be committed before it: who goes on behind the
 * last place that it saw misses nothing, however transactions overlap.
 */
public interface Outbox {
  /** Adds notifications in the caller's open transaction, in their order. */
  void append(List<Notification> notifications);

  /** Lists what comes behind a place, oldest first. */
  Listed list(Query query);

  /** The place behind everything that can be listed now. */
  Place end();

  /** A place before everything that was recorded at that time or later; perhaps much before it. */
  Place before(Instant time);

  /**
   * What to list.
   *
   * @param kinds empty for all
   * @param wallet null for all
   * @param limit of how many at most
   */
  record Query(
      Visibility visibility, Set<Kind> kinds, @Nullable WalletId wallet, Place after, int limit) {
    /** The same from another place on. */
    public Query behind(Place place) {
      return new Query(visibility, kinds, wallet, place, limit);
    }

    public boolean wants(Notification.Kind kind, Optional<About> about) {
      return about
              .map(it -> visibility.includes(it.connection()))
              .orElse(visibility.connections() == null)
          && (kinds.isEmpty() || kinds.contains(kind))
          && (wallet == null || about.map(About::wallet).filter(wallet::equals).isPresent());
    }
  }

  /**
   * What was found.
   *
   * @param next behind everything that was looked at, wanted or not: where to go on
   * @param hasMore whether there is more to look at; the next look may still find nothing wanted
   */
  record Listed(List<Entry> entries, Place next, boolean hasMore) {}

  /** A notification where it stands. */
  record Entry(Place place, Notification notification) {}

  /**
   * Where a notification stands among all.
   *
   * @param epoch grows when the database moves to another cluster, whose transactions count anew
   * @param transaction the transaction that added it
   * @param id its own, which grows within the transaction
   */
  record Place(int epoch, long transaction, UUID id) implements Comparable<Place> {
    public static final Place START = new Place(0, 0, new UUID(0, 0));

    private static final Comparator<Place> ORDER =
        Comparator.comparingInt(Place::epoch)
            .thenComparingLong(Place::transaction)
            // as the database compares them: their bytes, without a sign
            .thenComparing(place -> place.id.getMostSignificantBits(), Long::compareUnsigned)
            .thenComparing(place -> place.id.getLeastSignificantBits(), Long::compareUnsigned);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }
}
