package io.walletsync.core.memory;

import io.walletsync.core.wallet.WalletClosure;
import io.walletsync.core.wallet.WalletClosures;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

final class InMemoryWalletClosures implements WalletClosures {
  private final InMemoryTransactions transactions;
  private final Table<WalletClosure, WalletClosure> table;

  InMemoryWalletClosures(InMemoryTransactions transactions) {
    this.transactions = transactions;
    this.table = transactions.table();
  }

  @Override
  public void add(WalletClosure closure) {
    table.rows().put(closure, closure);
  }

  @Override
  public Set<WalletId> closedAt(Set<WalletId> wallets, Instant at) {
    return transactions.inTransaction(
        () ->
            table.rows().values().stream()
                .filter(closure -> wallets.contains(closure.wallet()))
                .filter(it -> !it.closedAt().isAfter(at) && it.reopenedAt().isAfter(at))
                .map(WalletClosure::wallet)
                .collect(Collectors.toUnmodifiableSet()));
  }
}
