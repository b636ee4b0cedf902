package io.walletsync.server.postgres;

import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceHistoryContract;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallets;

final class PostgresBalanceHistoryTest implements BalanceHistoryContract {
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
  public BalanceSnapshots snapshots() {
    return Ports.snapshots();
  }

  @Override
  public BalanceHistory history() {
    return Ports.history();
  }
}
