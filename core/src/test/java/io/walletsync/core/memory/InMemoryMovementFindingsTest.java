package io.walletsync.core.memory;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.movement.MovementFindings;
import io.walletsync.core.movement.MovementFindingsContract;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallets;
import java.time.InstantSource;

final class InMemoryMovementFindingsTest implements MovementFindingsContract {
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
  public MovementFindings findings() {
    return storage.movementFindings();
  }
}
