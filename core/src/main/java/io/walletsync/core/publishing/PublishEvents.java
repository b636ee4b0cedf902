package io.walletsync.core.publishing;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Bookmarks;
import io.walletsync.core.notification.Bookmarks.Held;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.notification.Outbox.Entry;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.notification.Outbox.Query;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Sends what is in the outbox to a topic, in its order, each at least once. The bookmark moves only
 * behind what was acknowledged, and one node at a time sends; who lost the bookmark stops.
 */
public final class PublishEvents {
  /** The name of the bookmark. */
  static final String READER = "topic";

  private static final int BATCH = 500;

  private final Outbox outbox;
  private final Bookmarks bookmarks;
  private final EventTopic topic;
  private final Transactions transactions;
  private final PublishObserver observer;
  private final Start start;
  private final Duration lease;

  /**
   * Makes the use case.
   *
   * @param start where it begins when it never ran
   * @param lease longer than a round may take: it is renewed after each
   */
  public PublishEvents(
      Outbox outbox,
      Bookmarks bookmarks,
      EventTopic topic,
      Transactions transactions,
      PublishObserver observer,
      Start start,
      Duration lease) {
    this.outbox = outbox;
    this.bookmarks = bookmarks;
    this.topic = topic;
    this.transactions = transactions;
    this.observer = observer;
    this.start = start;
    this.lease = lease;
  }

  /** Where publishing begins when it never ran. */
  public enum Start {
    BEGINNING,
    LATEST
  }

  /** Sends all that there is, unless the node stops. */
  public record Command(BooleanSupplier isStopping) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** Nothing was waiting. */
    record Nothing() implements Outcome {}

    /** Another node sends. */
    record HeldElsewhere() implements Outcome {}

    record Published(int events) implements Outcome {}

    /** The topic did not take all. What it did not is the first to be sent again. */
    record Failed(String reason) implements Outcome {}

    /** Another node has taken over; it sends again what was sent and is not behind the bookmark. */
    record LeaseLost() implements Outcome {}
  }

  public Outcome publish(Command command) {
    var known = bookmarks.find(READER);
    if (known.isPresent() && list(known.get(), 1).isEmpty()) {
      return new Outcome.Nothing();
    }
    var held = bookmarks.take(READER, known.orElseGet(this::beginning), lease);
    return held.isEmpty() ? new Outcome.HeldElsewhere() : publishOrGiveBack(held.get(), command);
  }

  /** Whoever fails must not keep the bookmark from a node that may not. */
  private Outcome publishOrGiveBack(Held held, Command command) {
    try {
      return publish(held, command);
    } catch (RuntimeException e) {
      bookmarks.giveBack(held, e);
      throw e;
    }
  }

  private Place beginning() {
    return switch (start) {
      case BEGINNING -> Place.START;
      case LATEST -> outbox.end();
    };
  }

  private List<Entry> list(Place after, int limit) {
    return outbox.list(new Query(Visibility.ALL, Set.of(), null, after, limit)).entries();
  }

  private Outcome publish(Held taken, Command command) {
    var held = taken;
    var published = 0;
    while (!command.isStopping().getAsBoolean()) {
      var batch = list(held.place(), BATCH);
      if (batch.isEmpty()) {
        break;
      }
      var sending = new Rounds(batch);
      for (var round = sending.next(); !round.isEmpty(); round = sending.next()) {
        var before = sending.leading();
        var sent = topic.send(round);
        sending.acknowledge(sent.acknowledged());
        var leading = sending.leading();
        held = leading == 0 ? held : held.at(sending.placeOf(leading));
        if (!keep(held)) {
          return new Outcome.LeaseLost();
        }
        observer.published(leading - before);
        published += leading - before;
        if (sent.failure() != null) {
          observer.failed();
          bookmarks.release(held);
          return new Outcome.Failed(sent.failure());
        }
      }
    }
    bookmarks.release(held);
    return published == 0 ? new Outcome.Nothing() : new Outcome.Published(published);
  }

  /** Need not wait for the disk: what a crash of the database undoes is sent once more. */
  private boolean keep(Held held) {
    return transactions.inLazyTransaction(() -> bookmarks.move(held, held.place(), lease));
  }
}
