package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.schedule.SyncQueue.DueWallet;
import io.walletsync.core.schedule.SyncQueue.Lease;
import io.walletsync.core.schedule.SyncQueue.Next;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.SyncSchedule;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Everybody who touches the queue at once: whoever waits in a ring with another is told so by the
 * database, and nothing here is tried again.
 */
final class ScheduleLocksTest implements RegistryPorts {
  private static final int ROUNDS = 60;
  private static final int WALLETS = 12;
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final Connection connection =
      connected(
          Examples.connection(new ProviderId("p" + UUID.randomUUID().toString().substring(0, 8))));
  private final List<Wallet> wallets = new ArrayList<>();

  @Test
  void nobodyWaitsInARing() {
    for (var i = 0; i < WALLETS; i++) {
      wallets.add(registered(Examples.wallet(connection, "account-" + i, Examples.NGN)));
    }
    List<Runnable> roles =
        List.of(
            this::record,
            this::record,
            this::putOff,
            this::pauseAndResume,
            this::reschedule,
            this::quicken,
            this::replaceCredentials);

    assertThat(
            Concurrently.call(
                roles.size(),
                role -> {
                  for (var round = 0; round < ROUNDS; round++) {
                    roles.get(role).run();
                  }
                  return role;
                }))
        .hasSize(roles.size());
  }

  /** As the recording does: wallets, then turns, then the next turns, in no order. */
  private void record() {
    var due = lease();
    inTransaction(
        () -> {
          var ids = new TreeSet<WalletId>();
          due.forEach(turn -> ids.add(turn.wallet().id()));
          Ports.snapshots().lock(ids);
          settleHeld(due);
          return due;
        });
  }

  private void putOff() {
    var due = lease();
    inTransaction(
        () -> {
          settleHeld(due);
          return due;
        });
  }

  private List<DueWallet> lease() {
    Ports.jdbc()
        .sql(
            """
            update wallet_schedule set due_at = clock_timestamp()
             where wallet_id in (select wallet_id from wallet_schedule
                                  where provider = ? and due_at is not null
                                  order by wallet_id
                                    for update skip locked)
            """)
        .param(connection.provider().value())
        .update();
    return inTransaction(
        () -> Ports.syncQueue().lease(connection.provider(), WALLETS, LEASE).wallets());
  }

  private void settleHeld(List<DueWallet> due) {
    var leases = new ArrayList<>(due.stream().map(DueWallet::lease).toList());
    Collections.shuffle(leases);
    var held = Ports.syncQueue().lockHeld(leases);
    Ports.syncQueue()
        .settle(leases.stream().filter(held::contains).map(ScheduleLocksTest::next).toList());
  }

  private static Next next(Lease lease) {
    return new Next(lease, Instant.now(), 1, null);
  }

  private void pauseAndResume() {
    var wallet = wallets.get((int) (Math.random() * WALLETS));
    for (var status : List.of(Wallet.Status.PAUSED, Wallet.Status.ACTIVE)) {
      inTransaction(
          () -> {
            var now = wallets().lock(wallet.id(), Visibility.ALL).orElseThrow();
            wallets()
                .update(
                    new Wallet(
                        now.id(),
                        now.connectionId(),
                        now.provider(),
                        now.providerAccountId(),
                        now.currency(),
                        null,
                        null,
                        now.metadata(),
                        status,
                        now.createdAt(),
                        now.updatedAt()));
            return now;
          });
    }
  }

  private void reschedule() {
    for (var seconds : List.of(60, 90)) {
      inTransaction(
          () -> {
            var now = connections().lock(connection.id(), Visibility.ALL).orElseThrow();
            connections()
                .update(
                    now.scheduled(
                        new SyncSchedule(Duration.ofSeconds(seconds), LEASE.multipliedBy(9))));
            return now;
          });
    }
  }

  private void quicken() {
    var ids = new ArrayList<>(wallets.stream().map(Wallet::id).toList());
    Collections.shuffle(ids);
    inTransaction(
        () -> {
          Ports.syncQueue().quicken(ids);
          return ids;
        });
  }

  private void replaceCredentials() {
    var fresh = Examples.credentials();
    inTransaction(
        () -> {
          var locked = connections().lock(connection.id(), Visibility.ALL);
          connections().replaceCredentials(connection.id(), fresh, fresh.get("secret_key"), null);
          return locked;
        });
  }

  private static <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(
        new TransactionTemplate(new JdbcTransactionManager(Ports.dataSource()))
            .execute(_ -> work.get()));
  }

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
}
