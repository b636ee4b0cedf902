package io.walletsync.core.memory;

import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A wallet's row in the queue; while somebody has its turn, it is due when the lease ends. */
record Place(
    Wallet wallet,
    @Nullable Instant dueAt,
    @Nullable UUID token,
    int failures,
    @Nullable Duration pace) {
  /** Without a turn under way. */
  static Place free(Wallet wallet, @Nullable Instant dueAt, int failures, @Nullable Duration pace) {
    return new Place(wallet, dueAt, null, failures, pace);
  }

  boolean isDue(Instant now) {
    return dueAt != null && !dueAt.isAfter(now);
  }

  static Instant earlier(@Nullable Instant a, Instant b) {
    return a != null && a.isBefore(b) ? a : b;
  }
}
