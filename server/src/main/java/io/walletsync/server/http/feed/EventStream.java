package io.walletsync.server.http.feed;

import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.notification.Outbox.Query;
import io.walletsync.server.http.feed.FeedTail.Piece;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * One follower's way along the feed: everything behind its place that it wants, once and in order,
 * until its time is up. It holds no connection to the database while it waits.
 */
final class EventStream {
  private final FeedTail tail;
  private final EventLines lines;
  private final BooleanSupplier isAllowed;
  private final Pace pace;
  private final long begun = System.nanoTime();
  private Query query;
  private Place told;
  private long lastWritten = begun;
  private long lastChecked = begun;

  /**
   * Begins at the place of the query.
   *
   * @param isAllowed whether whoever asked may still see what it asked for
   */
  EventStream(FeedTail tail, Query query, EventLines lines, BooleanSupplier isAllowed, Pace pace) {
    this.tail = tail;
    this.query = query;
    this.told = query.after();
    this.lines = lines;
    this.isAllowed = isAllowed;
    this.pace = pace;
  }

  /**
   * How often things happen.
   *
   * @param retry a client waits so long before it comes again
   * @param heartbeat something is sent so often at least
   * @param recheck it is looked so often whether the caller may stay
   * @param longest then it ends, and the client comes again with a new signature
   */
  record Pace(Duration retry, Duration heartbeat, Duration recheck, Duration longest) {
    static final Pace STANDARD =
        new Pace(
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            Duration.ofSeconds(2),
            Duration.ofHours(1));
  }

  /** Sends until the time is up, the caller may not stay, or the node stops. */
  void send(BooleanSupplier isOver) throws IOException, InterruptedException {
    tail.join();
    try {
      lines.begin(told, pace.retry());
      while (!isOver.getAsBoolean() && since(begun).compareTo(pace.longest()) < 0 && mayStay()) {
        if (tail.await(query.after(), pace.recheck())) {
          send(tail.behind(query.after()).orElseGet(() -> tail.read(query)));
        }
        breathe();
      }
      if (!told.equals(query.after())) {
        lines.progress(query.after());
      }
    } finally {
      tail.leave();
    }
  }

  private boolean mayStay() {
    if (since(lastChecked).compareTo(pace.recheck()) < 0) {
      return true;
    }
    lastChecked = System.nanoTime();
    return isAllowed.getAsBoolean();
  }

  private void send(Piece piece) throws IOException {
    var wanted = 0;
    for (var event : piece.events()) {
      if (event.place().compareTo(query.after()) > 0 && query.wants(event.kind(), event.about())) {
        lines.event(event);
        told = event.place();
        wanted++;
      }
    }
    query = query.behind(piece.next());
    if (wanted > 0) {
      lines.flush();
      lastWritten = System.nanoTime();
    }
  }

  /** Says how far it came where there was nothing to send, or that it is there at all. */
  private void breathe() throws IOException {
    if (since(lastWritten).compareTo(pace.heartbeat()) < 0) {
      return;
    }
    if (told.equals(query.after())) {
      lines.heartbeat();
    } else {
      lines.progress(query.after());
      told = query.after();
    }
    lastWritten = System.nanoTime();
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }
}
