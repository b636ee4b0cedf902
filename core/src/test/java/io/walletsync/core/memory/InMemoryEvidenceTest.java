package io.walletsync.core.memory;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
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

final class InMemoryEvidenceTest implements EvidenceContract {
  private final MutableClock clock = new MutableClock(Examples.MORNING);
  private final InMemoryStorage storage = new InMemoryStorage(clock);

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
  public BalanceSnapshots snapshots() {
    return storage.snapshots();
  }

  @Override
  public Reconciliations reconciliations() {
    return storage.reconciliations();
  }

  @Override
  public MovementFindings findings() {
    return storage.movementFindings();
  }

  @Override
  public SyncQueue queue() {
    return storage.syncQueue();
  }

  @Override
  public Evidence evidence() {
    return storage.evidence();
  }

  @Override
  public void pass(ProviderId provider, Duration time) {
    clock.advance(time);
  }
}
