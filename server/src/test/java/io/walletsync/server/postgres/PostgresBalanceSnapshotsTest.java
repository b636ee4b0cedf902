package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.BalanceSnapshotsContract;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallets;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PostgresBalanceSnapshotsTest implements BalanceSnapshotsContract {
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

  @Test
  void aWalletThatSomebodyElseHasLockedIsNotWaitedFor() {
    var free = registered();
    var taken = registered();
    var all = new LinkedHashSet<>(List.of(free.id(), taken.id()));

    var got =
        transactions()
            .inTransaction(
                () -> {
                  snapshots().lock(new LinkedHashSet<>(List.of(taken.id())));
                  return Concurrently.supply(
                          () -> transactions().inTransaction(() -> snapshots().lockFree(all)))
                      .join();
                });

    assertThat(got.byId()).containsOnlyKeys(free.id());
    assertThat(transactions().inTransaction(() -> snapshots().lockFree(all)).byId())
        .containsOnlyKeys(free.id(), taken.id());
  }
}
