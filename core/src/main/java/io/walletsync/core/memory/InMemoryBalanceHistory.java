package io.walletsync.core.memory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import io.walletsync.core.balance.BalanceFact;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalancePoint;
import io.walletsync.core.balance.LateReading;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

final class InMemoryBalanceHistory implements BalanceHistory {
  private static final Comparator<Position> PLACES =
      comparing(Position::time).thenComparing(position -> position.id().toString());
  private static final Comparator<BalanceFact> IN_ORDER = comparing(Position::of, PLACES);

  private final InMemoryBalanceSnapshots snapshots;

  InMemoryBalanceHistory(InMemoryBalanceSnapshots snapshots) {
    this.snapshots = snapshots;
  }

  @Override
  public Page<BalanceFact> page(Query query) {
    var newestFirst = query.order() == Order.NEWEST_FIRST;
    var order = newestFirst ? IN_ORDER.reversed() : IN_ORDER;
    var places = newestFirst ? PLACES.reversed() : PLACES;
    return Page.of(
        facts(query.wallet())
            .filter(fact -> isWithin(fact.trueFrom(), query.from(), query.to()))
            .filter(fact -> places.compare(Position.of(fact), query.after()) > 0)
            .sorted(order)
            .limit(query.limit() + 1L)
            .toList(),
        query.limit());
  }

  private static boolean isWithin(Instant time, Instant from, Instant to) {
    return !time.isBefore(from) && time.isBefore(to);
  }

  @Override
  public Map<WalletId, BalanceFact> at(Set<WalletId> wallets, Instant at, Instant knownAt) {
    var found = new HashMap<WalletId, BalanceFact>();
    for (var wallet : wallets) {
      facts(wallet)
          .filter(fact -> !fact.knownFrom().isAfter(knownAt) && !fact.trueFrom().isAfter(at))
          .filter(fact -> stands(fact, at))
          .max(
              comparing(BalanceFact::trueFrom)
                  .thenComparing(BalanceFact.Snapshot.class::isInstance)
                  .thenComparing(IN_ORDER))
          .ifPresent(fact -> found.put(wallet, fact));
    }
    return found;
  }

  private static boolean stands(BalanceFact fact, Instant at) {
    return switch (fact) {
      case BalanceFact.Snapshot _ -> true;
      case BalanceFact.Late late -> at.isBefore(late.standsUntil());
    };
  }

  @Override
  public Optional<WalletBalanceSnapshot> find(WalletId wallet, UUID snapshotId) {
    return states(wallet).filter(state -> state.snapshotId().equals(snapshotId)).findFirst();
  }

  @Override
  public List<WalletBalanceSnapshot> snapshots(WalletId wallet, long from, int limit) {
    return states(wallet).filter(state -> state.sequence() >= from).limit(limit).toList();
  }

  @Override
  public void trace(WalletId wallet, Instant from, Instant to, Consumer<BalancePoint> each) {
    var start =
        states(wallet)
            .map(WalletBalanceSnapshot::asOf)
            .filter(time -> time.isBefore(from))
            .max(Comparator.naturalOrder())
            .orElse(from);
    states(wallet)
        .filter(state -> isWithin(state.asOf(), start, to))
        .map(
            state ->
                new BalancePoint(
                    state.sequence(), state.asOf(), state.balance().available().amount()))
        .forEach(each);
  }

  @Override
  public Map<WalletId, Long> changes(Set<WalletId> wallets, Instant from, Instant to) {
    var changes = new HashMap<WalletId, Long>();
    for (var wallet : wallets) {
      if (states(wallet).anyMatch(state -> state.asOf().isBefore(to))) {
        changes.put(
            wallet,
            states(wallet)
                .filter(state -> state.sequence() > 1 && isWithin(state.asOf(), from, to))
                .count());
      }
    }
    return changes;
  }

  private Stream<WalletBalanceSnapshot> states(WalletId wallet) {
    return snapshots.all().stream()
        .filter(state -> state.walletId().equals(wallet))
        .sorted(comparingLong(WalletBalanceSnapshot::sequence));
  }

  private Stream<BalanceFact> facts(WalletId wallet) {
    return Stream.concat(
        states(wallet).map(BalanceFact.Snapshot::new),
        snapshots.allLate().stream()
            .filter(reading -> reading.observation().wallet().equals(wallet))
            .map(InMemoryBalanceHistory::late));
  }

  private static BalanceFact late(LateReading reading) {
    var observation = reading.observation();
    return new BalanceFact.Late(
        reading.readingId(),
        observation.wallet(),
        observation.balance(),
        observation.externalId(),
        observation.providerTime(),
        observation.callStartedAt(),
        observation.observedAt(),
        observation.source(),
        observation.metadata(),
        reading.standsUntil(),
        reading.recordedAt());
  }
}
