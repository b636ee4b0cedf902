package io.walletsync.server.postgres;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.provider.CallAllowances;
import io.walletsync.core.provider.CallAllowancesContract;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallets;

final class PostgresCallAllowancesTest implements CallAllowancesContract {
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
  public CallAllowances allowances() {
    return new PostgresCallAllowances(Ports.jdbc());
  }
}
