package io.walletsync.server.postgres;

import io.walletsync.core.balance.BalanceFreshness;
import io.walletsync.core.balance.BalanceFreshnessContract;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallets;
import org.junit.jupiter.api.BeforeEach;

final class PostgresBalanceFreshnessTest implements BalanceFreshnessContract {
  @BeforeEach
  void noWallets() {
    Ports.jdbc().sql("delete from wallet").update();
  }

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
  public BalanceFreshness freshness() {
    return Ports.freshness();
  }
}
