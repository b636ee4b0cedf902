package io.walletsync.core.sync;

import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import java.util.Set;

/** Somebody who wants to know; two who want the same are still two. */
final class Waiter {
  private final OpenConnection connection;
  private final Set<Holding> wanted;
  private final DatabaseClock clock;
  private final long givesUpAt;

  /**
   * Makes a waiter.
   *
   * @param givesUpAt when its patience ends, by the monotonic clock
   */
  Waiter(OpenConnection connection, Set<Holding> wanted, DatabaseClock clock, long givesUpAt) {
    this.connection = connection;
    this.wanted = wanted;
    this.clock = clock;
    this.givesUpAt = givesUpAt;
  }

  OpenConnection connection() {
    return connection;
  }

  Set<Holding> wanted() {
    return wanted;
  }

  DatabaseClock clock() {
    return clock;
  }

  /** Zero or less when its patience has ended. */
  long patienceAt(long nanos) {
    return givesUpAt - nanos;
  }
}
