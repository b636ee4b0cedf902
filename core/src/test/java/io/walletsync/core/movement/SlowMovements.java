package io.walletsync.core.movement;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Movements of which each long page takes its time. */
record SlowMovements(Movements of, Runnable meanwhile) implements Movements {
  @Override
  public Set<String> add(List<ProviderMovement> movements) {
    return of.add(movements);
  }

  @Override
  public Page<ProviderMovement> page(Query query) {
    if (query.order() == Order.OLDEST_FIRST) {
      meanwhile.run();
    }
    return of.page(query);
  }

  @Override
  public List<ProviderMovement> named(WalletId wallet, Set<String> references) {
    return of.named(wallet, references);
  }

  @Override
  public Total sum(WalletId wallet, Instant from, Instant until) {
    return of.sum(wallet, from, until);
  }

  @Override
  public Optional<Instant> newestBefore(WalletId wallet, Instant time) {
    return of.newestBefore(wallet, time);
  }
}
