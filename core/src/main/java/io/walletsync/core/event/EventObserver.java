package io.walletsync.core.event;

import io.walletsync.core.wallet.ProviderId;
import org.jspecify.annotations.Nullable;

/** Driven port: told what became of deliveries and early syncs, outside any transaction. */
public interface EventObserver {
  /**
   * A delivery was answered.
   *
   * @param provider null where no provider of that name is known
   */
  void delivered(@Nullable ProviderId provider, Delivered result);

  /**
   * An early sync ended.
   *
   * @param provider null where the connection is gone
   */
  void synced(@Nullable ProviderId provider, SyncAfterEvents.Outcome outcome);

  /** An early sync broke, most likely for lack of a database. */
  void broke();

  /** How a delivery ended. */
  enum Delivered {
    /** Stored, and a sync is due. */
    ACCEPTED,
    /** Stored before. */
    DUPLICATE,
    /** Stored; it moves no money. */
    IGNORED,
    /** Not proved to come from the provider. */
    REFUSED,
    /** Not looked at: too many from there were refused. */
    LIMITED,
    /** Genuine, but the inbox has no room. */
    INBOX_FULL,
    /** Not read to its end. */
    TOO_LARGE
  }
}
