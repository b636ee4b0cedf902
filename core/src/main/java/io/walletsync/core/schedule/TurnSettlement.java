package io.walletsync.core.schedule;

import io.walletsync.core.balance.Completion;
import io.walletsync.core.balance.Recorded;
import io.walletsync.core.balance.Settlement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Ends turns inside the recording transaction: the balance and the next turn, or neither. */
public final class TurnSettlement implements Settlement {
  private final SyncQueue queue;

  public TurnSettlement(SyncQueue queue) {
    this.queue = queue;
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
  }
}
