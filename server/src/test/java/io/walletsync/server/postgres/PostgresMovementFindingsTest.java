package io.walletsync.server.postgres;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.movement.MovementFindings;
import io.walletsync.core.movement.MovementFindingsContract;

final class PostgresMovementFindingsTest implements MovementFindingsContract {
  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public MovementFindings findings() {
    return Ports.movementFindings();
  }
}
