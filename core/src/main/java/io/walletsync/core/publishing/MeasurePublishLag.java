package io.walletsync.core.publishing;

import io.walletsync.core.notification.Bookmarks;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.notification.Outbox.Query;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Tells how far a topic is behind. */
public final class MeasurePublishLag {
  private final Outbox outbox;
  private final Bookmarks bookmarks;
  private final InstantSource clock;

  public MeasurePublishLag(Outbox outbox, Bookmarks bookmarks, InstantSource clock) {
    this.outbox = outbox;
    this.bookmarks = bookmarks;
    this.clock = clock;
  }

  /**
   * The age of the oldest event that is not published, zero where none waits; empty where nothing
   * was ever published, and nobody knows whether it should be.
   */
  public Optional<Duration> measure() {
    return bookmarks
        .find(PublishEvents.READER)
        .map(
            place ->
                outbox.list(new Query(Visibility.ALL, Set.of(), null, place, 1)).entries().stream()
                    .findFirst()
                    .map(oldest -> age(oldest.notification()))
                    .orElse(Duration.ZERO));
  }

  private Duration age(Notification notification) {
    var age = Duration.between(notification.occurredAt(), clock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }
}
