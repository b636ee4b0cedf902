package io.walletsync.core.balance;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Driven port: settles requests inside the transaction that records what they asked for. */
public interface Settlement {
  /**
   * Which of these requests still belong to the worker that brings them; they are locked until the
   * transaction ends. The others were taken over after their lease ended, and must do nothing.
   */
  Set<Completion> stillHeld(Collection<? extends Completion> completions);

  /** Stores the answer of each request. */
  void settle(Map<Completion, Recorded.Answer> answers);
}
