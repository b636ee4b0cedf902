package io.walletsync.core.memory;

import io.walletsync.core.event.EventLanes;
import io.walletsync.core.event.EventLanesContract;
import io.walletsync.core.event.ProviderEvents;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallets;
import java.time.InstantSource;

final class InMemoryEventLanesTest implements EventLanesContract {
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
  public ProviderEvents providerEvents() {
    return storage.providerEvents();
  }

  @Override
  public EventLanes eventLanes() {
    return storage.eventLanes();
  }
}
