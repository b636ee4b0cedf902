package io.walletsync.core.balance;

import java.time.Duration;

/** Driven port: how old the confirmed balances are, over all open wallets that have one. */
public interface BalanceFreshness {
  Ages ages();

  /** Both zero where no balance is confirmed yet. */
  record Ages(Duration oldest, Duration percentile99) {}
}
