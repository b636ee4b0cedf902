package io.walletsync.server.postgres;

import io.walletsync.core.event.EventLanes;
import io.walletsync.core.event.EventLanesContract;
import io.walletsync.core.event.ProviderEvents;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallets;

final class PostgresEventLanesTest implements EventLanesContract {
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
  public ProviderEvents providerEvents() {
    return Ports.providerEvents();
  }

  @Override
  public EventLanes eventLanes() {
    return Ports.eventLanes();
  }
}
