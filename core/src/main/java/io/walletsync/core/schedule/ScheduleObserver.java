package io.walletsync.core.schedule;

import io.walletsync.core.wallet.ProviderId;
import java.time.Duration;

/** Told of what the schedule does, outside any transaction. */
public interface ScheduleObserver {
  /**
   * Wallets were leased.
   *
   * @param takenOver how many of them had a turn before that was never ended
   */
  void leased(ProviderId provider, int wallets, int takenOver, Duration took);

  /** Turns brought no balance and were put off. */
  void putOff(ProviderId provider, int wallets);
}
