package io.walletsync.server.postgres;

import io.walletsync.core.delivery.Deliveries;
import io.walletsync.core.delivery.DeliveriesContract;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.subscription.Subscriptions;

final class PostgresDeliveriesTest implements DeliveriesContract {
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
