package io.walletsync.core.memory;

import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.QuarantinedReadings;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.position.WalletStandings;
import io.walletsync.core.position.WalletStandingsContract;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallets;
import java.time.InstantSource;

final class InMemoryWalletStandingsTest implements WalletStandingsContract {
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
  public QuarantinedReadings quarantine() {
    return storage.quarantine();
  }

  @Override
  public WalletStandings standings() {
    return storage.standings();
  }
}
