package io.walletsync.server.postgres;

import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.reconciliation.Reconciliations;
import io.walletsync.core.reconciliation.ReconciliationsContract;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallets;

final class PostgresReconciliationsTest implements ReconciliationsContract {
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
  public BalanceSnapshots snapshots() {
    return Ports.snapshots();
  }

  @Override
  public Reconciliations reconciliations() {
    return Ports.reconciliations();
  }
}
