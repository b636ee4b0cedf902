package io.walletsync.core.sync;

import io.walletsync.core.balance.Source;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;

/** Driven port: told how each sync ended, after the fact and outside any transaction. */
public interface SyncObserver {
  void finished(Wallet wallet, Source source, SyncWalletBalance.Outcome outcome, Duration took);
}
