package io.walletsync.core.balance;

import java.time.Duration;
import java.util.Optional;

/** Driven port: how old the confirmed balances are, over all open wallets that have one. */
public interface BalanceFreshness {
  /** Empty where no balance is confirmed yet: what is not known has no age. */
  Optional<Ages> ages();

  /**
   * How long ago balances were confirmed; never negative.
   *
   * @param percentile99 the age that 99 of 100 balances do not pass
   */
  record Ages(Duration oldest, Duration percentile99) {}
}
