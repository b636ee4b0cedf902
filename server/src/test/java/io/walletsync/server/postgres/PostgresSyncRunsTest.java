package io.walletsync.server.postgres;

import io.walletsync.core.bulk.SyncRuns;
import io.walletsync.core.bulk.SyncRunsContract;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallets;

final class PostgresSyncRunsTest implements SyncRunsContract {
  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public Connections connections() {
    return Ports.connections();
  }

  @Override
  public Wallets wallets() {
    return Ports.wallets();
  }

  @Override
  public SyncRuns syncRuns() {
    return Ports.syncRuns();
  }
}
