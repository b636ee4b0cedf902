package io.walletsync.server.postgres;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.WalletClosures;
import io.walletsync.core.wallet.WalletClosuresContract;

final class PostgresWalletClosuresTest implements WalletClosuresContract {
  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public WalletClosures closures() {
    return Ports.closures();
  }
}
