package io.walletsync.core.position;

import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.WalletClosures;
import io.walletsync.core.wallet.Wallets;
import java.time.InstantSource;

final class PastPositionsProperties implements PastPositionsContract {
  private final InMemoryStorage storage = new InMemoryStorage(InstantSource.system());

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public Connections connections() {
    return storage.connections();
  }

  @Override
  public Wallets wallets() {
    return storage.wallets();
  }

  @Override
  public BalanceSnapshots snapshots() {
    return storage.snapshots();
  }

  @Override
  public BalanceHistory history() {
    return storage.history();
  }

  @Override
  public WalletStandings standings() {
    return storage.standings();
  }

  @Override
  public WalletClosures closures() {
    return storage.closures();
  }
}
