package io.walletsync.core.memory;

import io.walletsync.core.alert.Alerts;
import io.walletsync.core.alert.AlertsContract;
import io.walletsync.core.kernel.Transactions;
import java.time.InstantSource;

final class InMemoryAlertsTest implements AlertsContract {
  private final InMemoryStorage storage = new InMemoryStorage(InstantSource.system());

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public Alerts alerts() {
    return storage.alerts();
  }
}
