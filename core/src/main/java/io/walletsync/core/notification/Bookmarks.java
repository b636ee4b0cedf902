package io.walletsync.core.notification;

import io.walletsync.core.notification.Outbox.Place;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Driven port: how far each reader of the outbox has come. One at a time reads on for each, however
 * many nodes there are; who dies is taken over when its lease ends, and is fenced.
 */
public interface Bookmarks {
  /**
   * Takes a reader's bookmark, unless somebody has it.
   *
   * @param start where a reader begins that has none yet
   */
  Optional<Held> take(String reader, Place start, Duration leaseFor);

  /**
   * Moves a bookmark on and prolongs its lease, in the caller's open transaction. False where
   * somebody else has it by now: then the caller must undo what it did behind its back.
   */
  boolean move(Held held, Place next, Duration leaseFor);

  /** Gives a bookmark back where it is; nothing happens to one that somebody else has by now. */
  void release(Held held);

  /** The same for one who failed; that the database may be away as well says no more about it. */
  default void giveBack(Held held, RuntimeException failed) {
    try {
      release(held);
    } catch (RuntimeException e) {
      failed.addSuppressed(e);
    }
  }

  /** Where a reader is; empty where it never read. */
  Optional<Place> find(String reader);

  /**
   * A bookmark that is ours until its lease ends.
   *
   * @param token tells this lease from a later one
   */
  record Held(String reader, UUID token, Place place) {
    /** The same lease, further on. */
    public Held at(Place next) {
      return new Held(reader, token, next);
    }
  }
}
