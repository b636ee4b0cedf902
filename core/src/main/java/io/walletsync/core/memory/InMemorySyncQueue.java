package io.walletsync.core.memory;

import io.walletsync.core.money.Money;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class InMemorySyncQueue implements SyncQueue {
  private final InMemoryTransactions transactions;
  private final InMemoryPlaces places;
  private final InMemoryBalanceSnapshots snapshots;

  InMemorySyncQueue(
      InMemoryTransactions transactions,
      InMemoryPlaces places,
      InMemoryBalanceSnapshots snapshots) {
    this.transactions = transactions;
    this.places = places;
    this.snapshots = snapshots;
  }

  @Override
  public Leased lease(ProviderId provider, int most, Duration leaseFor) {
    var now = places.now();
    var token = UUID.randomUUID();
    var due =
        places.rows().values().stream()
            .filter(place -> place.isDue(now) && place.wallet().provider().equals(provider))
            .sorted(Comparator.comparing(place -> Objects.requireNonNull(place.dueAt())))
            .limit(most)
            .toList();
    var leased = new ArrayList<DueWallet>();
    for (var place : due) {
      var wallet = place.wallet();
      leased.add(
          new DueWallet(
              wallet,
              new Lease(wallet.id(), token),
              places.inForce(wallet),
              place.failures(),
              place.pace(),
              known(wallet),
              place.token() != null));
      places
          .rows()
          .put(
              wallet.id(),
              new Place(wallet, now.plus(leaseFor), token, place.failures(), place.pace()));
    }
    return new Leased(List.copyOf(leased), now);
  }

  private @Nullable Money known(Wallet wallet) {
    return snapshots
        .latest(wallet.id(), Visibility.ALL)
        .flatMap(balance -> balance.latest())
        .map(latest -> latest.snapshot().balance().available())
        .orElse(null);
  }

  @Override
  public Set<Lease> lockHeld(Collection<Lease> leases) {
    var now = places.now();
    return leases.stream()
        .filter(lease -> isHeld(lease, now))
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean isHeld(Lease lease, Instant now) {
    var place = places.rows().get(lease.wallet());
    return place != null && lease.token().equals(place.token()) && !place.isDue(now);
  }

  @Override
  public void settle(Collection<Next> next) {
    for (var one : next) {
      places
          .rows()
          .computeIfPresent(
              one.lease().wallet(),
              (_, place) ->
                  one.lease().token().equals(place.token())
                      ? Place.free(place.wallet(), one.dueAt(), one.failures(), one.pace())
                      : place);
    }
  }

  @Override
  public void quicken(Collection<WalletId> wallets) {
    transactions.inTransaction(
        () -> {
          wallets.forEach(id -> places.rows().computeIfPresent(id, (_, place) -> quickened(place)));
          return Optional.empty();
        });
  }

  private Place quickened(Place place) {
    var schedule = places.inForce(place.wallet());
    return place.token() == null && place.dueAt() != null && schedule.isAdaptive()
        ? Place.free(
            place.wallet(),
            Place.earlier(place.dueAt(), places.now().plus(schedule.interval())),
            place.failures(),
            schedule.interval())
        : place;
  }

  @Override
  public Map<WalletId, Standing> standing(Visibility visibility, Collection<WalletId> wallets) {
    return transactions.inTransaction(
        () -> {
          var standing = new HashMap<WalletId, Standing>();
          for (var id : wallets) {
            var place = places.rows().get(id);
            if (place != null && visibility.includes(place.wallet().connectionId())) {
              standing.put(
                  id,
                  new Standing(
                      places.inForce(place.wallet()),
                      place.token() == null ? place.dueAt() : null,
                      place.failures()));
            }
          }
          return standing;
        });
  }

  @Override
  public long countOverdue(Duration longerThan) {
    return transactions.inTransaction(
        () -> {
          var since = places.now().minus(longerThan);
          return places.rows().values().stream().filter(place -> place.isDue(since)).count();
        });
  }
}
