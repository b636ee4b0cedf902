package io.walletsync.server.postgres;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.ConnectionsContract;
import io.walletsync.core.wallet.Wallets;

final class PostgresConnectionsTest implements ConnectionsContract {
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
}
