package io.walletsync.server.postgres;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.movement.MovementFindings;
import io.walletsync.core.movement.MovementFindingsContract;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallets;

final class PostgresMovementFindingsTest implements MovementFindingsContract {
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
  public MovementFindings findings() {
    return Ports.movementFindings();
  }
}
