package io.walletsync.core.reconciliation;

import java.util.List;

/**
 * Told of differences between books and provider inside the transaction that notes them: what it
 * writes is there exactly when they are.
 */
public interface DifferenceListener {
  /** These were found to differ. */
  void onBegun(List<Reconciliation> open);

  /** The differences of these are over: settled says how. */
  void onEnded(List<Reconciliation> settled);
}
