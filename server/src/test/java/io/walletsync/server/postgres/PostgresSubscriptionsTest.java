package io.walletsync.server.postgres;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Deliveries;
import io.walletsync.core.notification.Subscriptions;
import io.walletsync.core.notification.SubscriptionsContract;

final class PostgresSubscriptionsTest implements SubscriptionsContract {
  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public Subscriptions subscriptions() {
    return Ports.subscriptions();
  }

  @Override
  public Deliveries deliveries() {
    return Ports.deliveries();
  }
}
