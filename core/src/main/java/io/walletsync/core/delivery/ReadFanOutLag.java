package io.walletsync.core.delivery;

import io.walletsync.core.notification.Bookmarks;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.notification.Outbox.Query;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** Use case: how old the first event is that was not looked at for subscriptions yet. */
public final class ReadFanOutLag {
  private final Outbox outbox;
  private final Bookmarks bookmarks;
  private final InstantSource clock;

  public ReadFanOutLag(Outbox outbox, Bookmarks bookmarks, InstantSource clock) {
    this.outbox = outbox;
    this.bookmarks = bookmarks;
    this.clock = clock;
  }

  /** Zero where all were looked at, or nobody ever did. */
  public Duration read() {
    return bookmarks
        .find(FanOutEvents.READER)
        .map(place -> outbox.list(new Query(Visibility.ALL, Set.of(), null, place, 1)))
        .flatMap(listed -> listed.entries().stream().findFirst())
        .map(entry -> Duration.between(entry.notification().occurredAt(), clock.instant()))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }
}
