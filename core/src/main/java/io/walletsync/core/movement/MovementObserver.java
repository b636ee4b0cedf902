package io.walletsync.core.movement;

import io.walletsync.core.wallet.ProviderId;

/** Driven port: told of each round after it ended, outside any transaction. */
public interface MovementObserver {
  /**
   * A round ended.
   *
   * @param movements how many came new
   */
  void ended(ProviderId provider, FetchMovements.Outcome outcome, int movements);

  /** A round broke, most likely for lack of a database. */
  void broke(RuntimeException cause);
}
