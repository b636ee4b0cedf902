package io.walletsync.server.postgres;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.sync.SyncRequests;
import io.walletsync.core.sync.SyncRequestsContract;

final class PostgresSyncRequestsTest implements SyncRequestsContract {
  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public SyncRequests syncRequests() {
    return Ports.syncRequests();
  }
}
