package io.walletsync.core.memory;

import io.walletsync.core.delivery.Deliveries;
import io.walletsync.core.delivery.DeliveriesContract;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.subscription.Subscriptions;
import java.time.InstantSource;

final class InMemoryDeliveriesTest implements DeliveriesContract {
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
