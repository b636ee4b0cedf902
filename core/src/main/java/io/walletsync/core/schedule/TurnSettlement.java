package io.walletsync.core.schedule;

import io.walletsync.core.balance.Completion;
import io.walletsync.core.balance.Recorded;
import io.walletsync.core.balance.Settlement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Ends turns inside the recording transaction: the balance and the next turn, or neither. */
public final class TurnSettlement implements Settlement {
  private final SyncQueue queue;
  private final List<OutageListener> listeners;

  public TurnSettlement(SyncQueue queue, List<OutageListener> listeners) {
    this.queue = queue;
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public boolean settles(Completion completion) {
    return completion instanceof Turn;
  }

  @Override
  public Set<Completion> stillHeld(Collection<? extends Completion> completions) {
    var held = queue.lockHeld(completions.stream().map(it -> ((Turn) it).lease()).toList());
    return completions.stream()
        .filter(completion -> held.contains(((Turn) completion).lease()))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void settle(Map<Completion, Recorded> outcomes) {
    var next = new ArrayList<SyncQueue.Next>(outcomes.size());
    outcomes.forEach((completion, recorded) -> next.add(((Turn) completion).after(recorded)));
    queue.settle(next);
    var ended = new ArrayList<Outage>();
    outcomes.forEach(
        (completion, recorded) -> {
          if (completion instanceof Turn turn && turn.followsOutage() && isTold(recorded)) {
            ended.add(turn.outage(turn.failuresBefore(), null));
          }
        });
    if (!ended.isEmpty()) {
      listeners.forEach(listener -> listener.onEnded(ended));
    }
  }

  /** Whether the provider told a balance, believed or not. */
  private static boolean isTold(Recorded recorded) {
    return switch (recorded) {
      case Recorded.Answer _, Recorded.Quarantined _ -> true;
      case Recorded.Strange _, Recorded.WalletClosed _, Recorded.TakenOver _ -> false;
    };
  }
}
