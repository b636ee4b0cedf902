package io.walletsync.core.memory;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.sync.SyncRequests;
import io.walletsync.core.sync.SyncRequestsContract;
import java.time.InstantSource;

final class InMemorySyncRequestsTest implements SyncRequestsContract {
  private final InMemoryStorage storage = new InMemoryStorage(InstantSource.system());

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public SyncRequests syncRequests() {
    return storage.syncRequests();
  }
}
