package io.walletsync.core.memory;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Deliveries;
import io.walletsync.core.notification.Subscriptions;
import io.walletsync.core.notification.SubscriptionsContract;
import java.time.InstantSource;

final class InMemorySubscriptionsTest implements SubscriptionsContract {
  private final InMemoryStorage storage = new InMemoryStorage(InstantSource.system());

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public Subscriptions subscriptions() {
    return storage.subscriptions();
  }

  @Override
  public Deliveries deliveries() {
    return storage.deliveries();
  }
}
