package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.kernel.TransactionsContract;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PostgresTransactionsTest implements TransactionsContract {
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

  @Test
  void whoLosesADeadlockIsRunAgain() {
    var wallets = List.of(registered(), registered());
    var tries = new AtomicInteger();
    var bothHoldOne = new CyclicBarrier(2);

    var closed =
        Concurrently.call(
            2,
            number ->
                transactions()
                    .inTransaction(
                        () -> {
                          lock(wallets.get(number));
                          if (tries.incrementAndGet() <= 2) {
                            await(bothHoldOne);
                          }
                          return lock(wallets.get(1 - number));
                        }));

    assertThat(closed).containsExactly(wallets.get(1), wallets.get(0));
    assertThat(tries).hasValue(3);
  }

  private static Wallet lock(Wallet wallet) {
    return Ports.wallets().lock(wallet.id(), Visibility.ALL).orElseThrow();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anotherErrorIsNotTriedAgain() {
    var tries = new AtomicInteger();

    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          tries.incrementAndGet();
                          return Ports.jdbc().sql("select 1 / 0").query(Integer.class).single();
                        }))
        .rootCause()
        .hasMessageContaining("division by zero");
    assertThat(tries).hasValue(1);
  }
}
