package io.walletsync.core.schedule;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.provider.ProviderFailure;
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
  private final List<OutageListener> listeners;

  PutOff(
      SyncQueue queue,
      Transactions transactions,
      RandomGenerator random,
      List<OutageListener> listeners) {
    this.queue = queue;
    this.transactions = transactions;
    this.random = random;
    this.listeners = List.copyOf(listeners);
  }

  /** A turn that failed; null where it was not the provider that did. */
  record Failed(Turn turn, @Nullable ProviderFailure failure) {
    private @Nullable Duration retryAfter() {
      return failure == null ? null : failure.retryAfter();
    }

    private ProviderFailure.@Nullable Reason reason() {
      return failure == null ? null : failure.reason();
    }
  }

  /** Returns how many were put off; the others belong to somebody else. */
  int putOff(List<Failed> failed) {
    var chance = random.nextDouble();
    return transactions.inTransaction(
        () -> {
          var held = queue.lockHeld(failed.stream().map(it -> it.turn().lease()).toList());
          var next = new ArrayList<SyncQueue.Next>();
          var begun = new ArrayList<Outage>();
          for (var one : failed) {
            if (held.contains(one.turn().lease())) {
              var after = one.turn().afterFailure(one.retryAfter(), chance);
              next.add(after);
              if (after.failures() == Outage.BEGINS_AFTER) {
                begun.add(one.turn().outage(after.failures(), one.reason()));
              }
            }
          }
          if (!next.isEmpty()) {
            queue.settle(next);
          }
          if (!begun.isEmpty()) {
            listeners.forEach(listener -> listener.onBegun(begun));
          }
          return next.size();
        });
  }
}
