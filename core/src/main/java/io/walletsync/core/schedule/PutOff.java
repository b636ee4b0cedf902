package io.walletsync.core.schedule;

import io.walletsync.core.kernel.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Puts off turns that brought no balance, those that are still held. */
final class PutOff {
  private final SyncQueue queue;
  private final Transactions transactions;
  private final RandomGenerator random;

  PutOff(SyncQueue queue, Transactions transactions, RandomGenerator random) {
    this.queue = queue;
    this.transactions = transactions;
    this.random = random;
  }

  /** A turn that failed, and after how long asking again may help, where that is known. */
  record Failed(Turn turn, @Nullable Duration retryAfter) {}

  /** Returns how many were put off; the others belong to somebody else. */
  int putOff(List<Failed> failed) {
    var chance = random.nextDouble();
    return transactions.inTransaction(
        () -> {
          var held = queue.lockHeld(failed.stream().map(it -> it.turn().lease()).toList());
          var next = new ArrayList<SyncQueue.Next>();
          for (var one : failed) {
            if (held.contains(one.turn().lease())) {
              next.add(one.turn().afterFailure(one.retryAfter(), chance));
            }
          }
          if (!next.isEmpty()) {
            queue.settle(next);
          }
          return next.size();
        });
  }
}
