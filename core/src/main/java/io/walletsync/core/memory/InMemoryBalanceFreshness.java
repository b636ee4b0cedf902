package io.walletsync.core.memory;

import io.walletsync.core.balance.BalanceFreshness;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

final class InMemoryBalanceFreshness implements BalanceFreshness {
  private final InMemoryBalanceSnapshots snapshots;
  private final Wallets wallets;
  private final InstantSource clock;

  InMemoryBalanceFreshness(
      InMemoryBalanceSnapshots snapshots, Wallets wallets, InstantSource clock) {
    this.snapshots = snapshots;
    this.wallets = wallets;
    this.clock = clock;
  }

  @Override
  public Optional<Ages> ages() {
    var now = clock.instant();
    var ages =
        snapshots.allLatest().stream()
            .filter(this::isOpen)
            .map(balance -> Duration.between(balance.confirmedAt(), now))
            .map(age -> age.isNegative() ? Duration.ZERO : age)
            .sorted()
            .toList();
    return ages.isEmpty()
        ? Optional.empty()
        : Optional.of(new Ages(ages.getLast(), ages.get((int) Math.ceil(ages.size() * 0.99) - 1)));
  }

  private boolean isOpen(LatestBalance balance) {
    return wallets
        .find(balance.snapshot().walletId(), Visibility.ALL)
        .filter(wallet -> !wallet.isClosed())
        .isPresent();
  }
}
