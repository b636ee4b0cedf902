package io.walletsync.core.balance;

import java.util.List;

/**
 * Told what happens to balances inside the transaction that records it: what it writes is there
 * exactly when the record is, and what it throws undoes both.
 */
public interface BalanceListener {
  /** Balances changed; the changes of one wallet are in their order. */
  void onChange(List<BalanceChange> changes);

  /** Doubts began or ended. One that did both at once is not told of. */
  default void onDoubt(List<QuarantinedReading> doubts) {}
}
