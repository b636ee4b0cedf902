package io.walletsync.core.sync;

import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.Strangeness;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;

/** Driven port: told how each sync ended, after the fact and outside any transaction. */
public interface SyncObserver {
  /** It ended without an outcome, most likely for lack of a database. */
  void broke(Wallet wallet, Source source, Duration took);

  /** A strange reading was asked for once more, and this came of it. */
  void lookedAgain(Wallet wallet, Strangeness reason, ReadAndRecord.Result result);

  /** A sync that no request waited for. */
  void read(Wallet wallet, Source source, ReadAndRecord.Result result, Duration took);

  void finished(Wallet wallet, Source source, SyncWalletBalance.Outcome outcome, Duration took);
}
