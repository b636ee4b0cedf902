package io.walletsync.core.delivery;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Use case: give up what a subscription was to be told while it was paused for too long, so that a
 * pause that somebody forgot does not fill the disk. It is dead then, and can be replayed.
 */
public final class GiveUpPaused {
  /** How long what happens is kept for a subscription that is paused. */
  public static final Duration KEPT_FOR = Duration.ofDays(7);

  private static final int BATCH = 1_000;

  private final Deliveries deliveries;

  public GiveUpPaused(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /** Returns how many were given up. */
  public int giveUp(Command command) {
    var givenUp = 0;
    var last = BATCH;
    while (last == BATCH && !command.isStopping().getAsBoolean()) {
      last = deliveries.giveUpPaused(KEPT_FOR, BATCH);
      givenUp += last;
    }
    return givenUp;
  }

  /** Until none is left, or the node stops. */
  public record Command(BooleanSupplier isStopping) {}
}
