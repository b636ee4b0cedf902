package io.walletsync.server.postgres;

import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.position.PastPositionsContract;
import io.walletsync.core.position.WalletStandings;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.WalletClosures;
import io.walletsync.core.wallet.Wallets;

final class PostgresPastPositionsProperties implements PastPositionsContract {
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

  @Override
  public WalletStandings standings() {
    return Ports.standings();
  }

  @Override
  public WalletClosures closures() {
    return Ports.closures();
  }
}
