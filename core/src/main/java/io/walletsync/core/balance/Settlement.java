package io.walletsync.core.balance;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Driven port: settles what waits for a recording, inside its transaction. */
public interface Settlement {
  /** Whether this one is told of such a completion; it is told of no other. */
  boolean settles(Completion completion);

  /**
   * Which of these still belong to the worker that brings them; they are locked until the
   * transaction ends. The others were taken over after their lease ended, and must do nothing.
   */
  Set<Completion> stillHeld(Collection<? extends Completion> completions);

  /** Ends each of them with what became of its observation. */
  void settle(Map<Completion, Recorded> outcomes);
}
