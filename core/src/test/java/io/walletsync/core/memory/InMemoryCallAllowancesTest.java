package io.walletsync.core.memory;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.provider.CallAllowances;
import io.walletsync.core.provider.CallAllowancesContract;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallets;
import java.time.InstantSource;

final class InMemoryCallAllowancesTest implements CallAllowancesContract {
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
  public CallAllowances allowances() {
    return storage.callAllowances();
  }
}
