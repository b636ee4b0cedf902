package io.walletsync.core.memory;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.movement.MovementsContract;
import java.time.InstantSource;

final class InMemoryMovementsTest implements MovementsContract {
  private final InMemoryStorage storage = new InMemoryStorage(InstantSource.system());

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public Movements movements() {
    return storage.movements();
  }
}
