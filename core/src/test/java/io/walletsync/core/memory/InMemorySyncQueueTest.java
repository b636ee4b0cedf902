package io.walletsync.core.memory;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.schedule.SyncQueueContract;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.time.Instant;

final class InMemorySyncQueueTest implements SyncQueueContract {
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
  public SyncQueue queue() {
    return storage.syncQueue();
  }

  @Override
  public void pass(ProviderId provider, Duration time) {
    clock.advance(time);
  }

  @Override
  public Instant now() {
    return clock.instant();
  }
}
