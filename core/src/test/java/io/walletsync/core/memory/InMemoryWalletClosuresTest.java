package io.walletsync.core.memory;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.WalletClosures;
import io.walletsync.core.wallet.WalletClosuresContract;
import java.time.InstantSource;

final class InMemoryWalletClosuresTest implements WalletClosuresContract {
  private final InMemoryStorage storage = new InMemoryStorage(InstantSource.system());

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public WalletClosures closures() {
    return storage.closures();
  }
}
