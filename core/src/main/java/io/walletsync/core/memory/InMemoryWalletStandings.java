package io.walletsync.core.memory;

import static java.util.Comparator.comparing;

import io.walletsync.core.position.WalletStanding;
import io.walletsync.core.position.WalletStandings;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.time.Instant;
import java.util.function.Consumer;

final class InMemoryWalletStandings implements WalletStandings {
  private final InMemoryTransactions transactions;
  private final InMemoryWallets wallets;
  private final InMemoryBalanceSnapshots snapshots;
  private final InMemoryPlaces places;

  InMemoryWalletStandings(
      InMemoryTransactions transactions,
      InMemoryWallets wallets,
      InMemoryBalanceSnapshots snapshots,
      InMemoryPlaces places) {
    this.transactions = transactions;
    this.wallets = wallets;
    this.snapshots = snapshots;
    this.places = places;
  }

  @Override
  public Instant now() {
    return places.now();
  }

  @Override
  public void walk(Filter filter, Consumer<WalletStanding> each) {
    transactions
        .inTransaction(
            () ->
                wallets
                    .inWalkingOrder()
                    .filter(wallet -> matches(filter, wallet))
                    .sorted(comparing(Wallet::id))
                    .map(this::standing)
                    .toList())
        .forEach(each);
  }

  private static boolean matches(Filter filter, Wallet wallet) {
    return filter.visibility().includes(wallet.connectionId())
        && (filter.currency() == null || filter.currency().equals(wallet.currency()))
        && (filter.provider() == null || filter.provider().equals(wallet.provider()))
        && (filter.connection() == null || filter.connection().equals(wallet.connectionId()))
        && (filter.ownerId() == null || filter.ownerId().equals(wallet.ownerId()));
  }

  private WalletStanding standing(Wallet wallet) {
    var found = snapshots.latest(wallet.id(), Visibility.ALL).orElseThrow();
    var latest = found.latest().orElse(null);
    var place = places.rows().get(wallet.id());
    return new WalletStanding(
        wallet.id(),
        wallet.connectionId(),
        wallet.provider(),
        wallet.currency(),
        wallet.ownerId(),
        wallet.status(),
        wallet.createdAt(),
        wallet.updatedAt(),
        latest == null ? null : latest.snapshot().balance(),
        latest == null ? null : latest.confirmedAt(),
        found.doubt().isPresent(),
        place == null ? 0 : place.failures());
  }
}
