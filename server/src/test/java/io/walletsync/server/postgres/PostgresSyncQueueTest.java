package io.walletsync.server.postgres;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.schedule.SyncQueueContract;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

final class PostgresSyncQueueTest implements SyncQueueContract {
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
  public SyncQueue queue() {
    return Ports.syncQueue();
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

  @Override
  public Instant now() {
    return Ports.jdbc()
        .sql("select clock_timestamp()")
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }
}
