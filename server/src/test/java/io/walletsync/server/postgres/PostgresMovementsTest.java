package io.walletsync.server.postgres;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.movement.MovementsContract;

final class PostgresMovementsTest implements MovementsContract {
  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public Movements movements() {
    return Ports.movements();
  }
}
