package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.QuarantinedReadings;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.notification.Outbox.Entry;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.notification.Outbox.Query;
import io.walletsync.core.notification.OutboxContract;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallets;
import io.walletsync.server.support.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PostgresOutboxTest implements OutboxContract {
  private static final Duration SOON = Duration.ofSeconds(20);

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
  public QuarantinedReadings quarantine() {
    return Ports.quarantine();
  }

  @Override
  public Outbox outbox() {
    return Ports.outbox();
  }

  @Test
  void anOpenTransactionHidesWhatBeganAfterIt() {
    var start = outbox().end();
    var slowHasTold = new CountDownLatch(1);
    var slowMayEnd = new CountDownLatch(1);
    var slow =
        Concurrently.supply(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          var told = change(registered(), 1);
                          slowHasTold.countDown();
                          await(slowMayEnd);
                          return told;
                        }));
    await(slowHasTold);
    var wallet = registered();
    var quick = transactions().inTransaction(() -> change(wallet, 1));

    assertThat(listed(start)).isEmpty();

    slowMayEnd.countDown();
    var first = slow.join();
    Eventually.within(SOON, "both events", () -> listed(start).size() == 2);
    assertThat(listed(start)).containsExactly(first, quick);
  }

  @Test
  void onAnotherServerItGoesOnBehindWhatTheOldOneTold() {
    var start = outbox().end();
    var wallet = registered();
    var old = transactions().inTransaction(() -> change(wallet, 1));
    Eventually.within(SOON, "the event", () -> listed(start).size() == 1);
    // restored from a server that had counted much further: its events are in nobody's sight
    var far = transactions().inTransaction(() -> change(wallet, 2));
    Ports.asFromAnotherServer(far.id());
    assertThat(listed(start)).containsExactly(old);

    var moved = new PostgresOutbox(Ports.jdbc());
    moved.beginEpochIfMoved();
    moved.beginEpochIfMoved();
    var next = transactions().inTransaction(() -> change(wallet, 3));

    Eventually.within(SOON, "all events", () -> listed(start).size() == 3);
    assertThat(listed(start)).containsExactly(old, far, next);
  }

  private List<Notification> listed(Place after) {
    return outbox().list(new Query(Visibility.ALL, Set.of(), null, after, 10)).entries().stream()
        .map(Entry::notification)
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
