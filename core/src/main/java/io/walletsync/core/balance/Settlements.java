package io.walletsync.core.balance;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that may wait for a recording: each kind of completion goes to who settles it. */
public final class Settlements implements Settlement {
  private final List<Settlement> parts;

  /** Locks are had in the order of the parts. */
  public Settlements(List<Settlement> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public boolean settles(Completion completion) {
    return parts.stream().anyMatch(part -> part.settles(completion));
  }

  @Override
  public Set<Completion> stillHeld(Collection<? extends Completion> completions) {
    var held = new HashSet<Completion>();
    for (var part : parts) {
      var own = completions.stream().filter(part::settles).toList();
      if (!own.isEmpty()) {
        held.addAll(part.stillHeld(own));
      }
    }
    return held;
  }

  @Override
  public void settle(Map<Completion, Recorded> outcomes) {
    for (var part : parts) {
      var own = new HashMap<>(outcomes);
      own.keySet().removeIf(completion -> !part.settles(completion));
      if (!own.isEmpty()) {
        part.settle(own);
      }
    }
  }
}
