package io.walletsync.server.postgres;

import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.judgement.Evidence;
import io.walletsync.core.judgement.EvidenceContract;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.movement.MovementFindings;
import io.walletsync.core.reconciliation.Reconciliations;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;

final class PostgresEvidenceTest implements EvidenceContract {
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

  @Override
  public MovementFindings findings() {
    return Ports.movementFindings();
  }

  @Override
  public SyncQueue queue() {
    return Ports.syncQueue();
  }

  @Override
  public Evidence evidence() {
    return Ports.evidence();
  }

  @Override
  public void pass(ProviderId provider, Duration time) {
    Ports.jdbc()
        .sql(
            """
            update wallet_schedule set due_at = due_at - ? * interval '1 millisecond'
             where provider = ?
            """)
        .param(time.toMillis())
        .param(provider.value())
        .update();
  }
}
