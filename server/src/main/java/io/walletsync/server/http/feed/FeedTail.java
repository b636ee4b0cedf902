package io.walletsync.server.http.feed;

import io.walletsync.core.notification.EventFormat;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Notification.About;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.notification.Outbox.Entry;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.notification.Outbox.Query;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is new in the outbox once for all who follow it on this node, and wakes them. What it
 * keeps for them is bounded: who is further behind reads for itself.
 */
final class FeedTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedTail.class);
  private static final int MOST_AT_ONCE = 500;
  private static final int MOST_KEPT_CHARACTERS = 4_000_000;

  private final Outbox outbox;
  private final EventFormat format;
  private final Duration betweenLooks;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Piece> kept = new ArrayDeque<>();
  private @Nullable Place end;
  private int keptCharacters;
  private int followers;
  private boolean isClosed;
  private boolean isFailing;

  FeedTail(Outbox outbox, EventFormat format, Duration betweenLooks) {
    this.outbox = outbox;
    this.format = format;
    this.betweenLooks = betweenLooks;
    Thread.ofVirtual().name("feed-tail").start(this::follow);
  }

  /** An event as it is sent. */
  record Told(Place place, Notification.Kind kind, Optional<About> about, String text) {
    static Told of(Entry entry, EventFormat format) {
      var notification = entry.notification();
      return new Told(
          entry.place(), notification.kind(), notification.about(), format.write(notification));
    }
  }

  /** All that lies between two places: behind the first, up to the second. */
  record Piece(Place from, List<Told> events, Place next) {
    int characters() {
      return events.stream().mapToInt(event -> event.text().length()).sum();
    }

    boolean reachesBeyond(Place place) {
      return from.compareTo(place) <= 0 && next.compareTo(place) > 0;
    }
  }

  /** For what is not kept: the events that a query finds, ready to be sent. */
  Piece read(Query query) {
    var listed = outbox.list(query);
    return new Piece(
        query.after(),
        listed.entries().stream().map(entry -> Told.of(entry, format)).toList(),
        listed.next());
  }

  /** Somebody follows from now on. */
  void join() {
    lock.lock();
    try {
      followers++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      followers--;
    } finally {
      lock.unlock();
    }
  }

  /** What follows the place without a gap, where it is still kept. */
  Optional<Piece> behind(Place place) {
    lock.lock();
    try {
      return kept.stream().filter(piece -> piece.reachesBeyond(place)).findFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something behind the place, for so long at most; whether there is. */
  boolean await(Place place, Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var left = patience.toNanos();
      while (!isBeyond(place) && !isClosed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return isBeyond(place);
    } finally {
      lock.unlock();
    }
  }

  private boolean isBeyond(Place place) {
    return end != null && end.compareTo(place) > 0;
  }

  private void follow() {
    try {
      while (awaitFollowers()) {
        if (!look()) {
          pause();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False when it is over. What was kept before a time without followers has a gap behind it. */
  private boolean awaitFollowers() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (followers == 0 && !isClosed) {
        end = null;
        kept.clear();
        keptCharacters = 0;
        changed.await();
      }
      return !isClosed;
    } finally {
      lock.unlock();
    }
  }

  private void pause() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var left = betweenLooks.toNanos();
      while (!isClosed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is more to look at already. */
  private boolean look() {
    try {
      var from = end;
      if (from == null) {
        var start = outbox.end();
        keep(new Piece(start, List.of(), start));
        return true;
      }
      var listed = outbox.list(new Query(Visibility.ALL, Set.of(), null, from, MOST_AT_ONCE));
      if (listed.next().compareTo(from) > 0) {
        var events = listed.entries().stream().map(entry -> Told.of(entry, format)).toList();
        keep(new Piece(from, events, listed.next()));
      }
      isFailing = false;
      return listed.hasMore();
    } catch (RuntimeException e) {
      if (!isFailing) {
        LOG.warn("Cannot look for new events, and will go on trying: {}", e.toString());
      }
      isFailing = true;
      return false;
    }
  }

  private void keep(Piece piece) {
    lock.lock();
    try {
      end = piece.next();
      kept.addLast(piece);
      keptCharacters += piece.characters();
      while (keptCharacters > MOST_KEPT_CHARACTERS) {
        keptCharacters -= kept.removeFirst().characters();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
