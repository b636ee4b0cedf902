package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.walletsync.core.Concurrently;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.kernel.TransactionsContract;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionSystemException;

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

  @Test
  void onlyALazyTransactionDoesNotWaitForTheDisk() throws SQLException {
    try (var session = Ports.session()) {
      var connection = new SingleConnectionDataSource(session, true);
      var jdbc = JdbcClient.create(connection);
      var transactions = new PostgresTransactions(new JdbcTransactionManager(connection), jdbc);
      Supplier<String> durability =
          () -> jdbc.sql("show synchronous_commit").query(String.class).single();
      jdbc.sql("set synchronous_commit = on").update();

      assertThat(transactions.inLazyTransaction(durability)).isEqualTo("off");
      assertThat(transactions.inTransaction(durability)).isEqualTo("on");
      assertThat(transactions.inTransaction(() -> transactions.inLazyTransaction(durability)))
          .as("inside another one it lasts as that one does")
          .isEqualTo("on");
    }
  }

  @Test
  void whatTheDatabaseRefusedIsUndoneAndWhatItLostMayNotBe() {
    assertThat(transactions().isUndone(failureOf("select 1 / 0"))).isTrue();
    assertThat(transactions().isUndone(failureOf("insert into nonce values (null, 'n', now())")))
        .isTrue();
    assertThat(transactions().isUndone(new IllegalStateException("of our own"))).isTrue();
    assertThat(transactions().isUndone(failureOf("select pg_terminate_backend(pg_backend_pid())")))
        .isFalse();
    assertThat(transactions().isUndone(new TransactionSystemException("lost commit"))).isFalse();
  }

  private RuntimeException failureOf(String sql) {
    return catchThrowableOfType(
        RuntimeException.class,
        () -> transactions().inTransaction(() -> Ports.jdbc().sql(sql).query().listOfRows()));
  }
}
