package io.walletsync.core.memory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.judgement.Evidence;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.money.Difference;
import io.walletsync.core.money.Money;
import io.walletsync.core.reconciliation.Reconciliation;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.schedule.Outage;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryEvidence implements Evidence {
  private final InMemoryTransactions transactions;
  private final InMemoryWallets wallets;
  private final InMemoryBalanceSnapshots snapshots;
  private final InMemoryPlaces places;
  private final InMemoryReconciliations reconciliations;
  private final InMemoryMovementFindings findings;
  private final InstantSource clock;

  InMemoryEvidence(
      InMemoryTransactions transactions,
      InMemoryWallets wallets,
      InMemoryBalanceSnapshots snapshots,
      InMemoryPlaces places,
      InMemoryReconciliations reconciliations,
      InMemoryMovementFindings findings,
      InstantSource clock) {
    this.transactions = transactions;
    this.wallets = wallets;
    this.snapshots = snapshots;
    this.places = places;
    this.reconciliations = reconciliations;
    this.findings = findings;
    this.clock = clock;
  }

  @Override
  public Map<WalletId, Map<Duration, Extremes>> extremes(
      Set<WalletId> ids, Set<Duration> periods, Instant now) {
    return transactions.inTransaction(
        () -> {
          var found = new HashMap<WalletId, Map<Duration, Extremes>>();
          for (var id : ids) {
            for (var period : periods) {
              extremes(of(id), now.minus(period))
                  .ifPresent(it -> found.computeIfAbsent(id, _ -> new HashMap<>()).put(period, it));
            }
          }
          return found;
        });
  }

  private static Optional<Extremes> extremes(List<WalletBalanceSnapshot> all, Instant since) {
    var inForce = all.stream().filter(it -> !it.asOf().isAfter(since)).reduce((_, later) -> later);
    return Stream.concat(inForce.stream(), all.stream().filter(it -> it.asOf().isAfter(since)))
        .map(it -> it.balance().available().amount())
        .map(amount -> new Extremes(amount, amount))
        .reduce(InMemoryEvidence::together);
  }

  private static Extremes together(Extremes a, Extremes b) {
    return new Extremes(a.lowest().min(b.lowest()), a.highest().max(b.highest()));
  }

  private List<WalletBalanceSnapshot> of(WalletId id) {
    return snapshots.all().stream()
        .filter(it -> it.walletId().equals(id))
        .sorted(comparingLong(WalletBalanceSnapshot::sequence))
        .toList();
  }

  @Override
  public Map<WalletId, Money> previous(Set<WalletId> ids) {
    return transactions.inTransaction(
        () -> {
          var found = new HashMap<WalletId, Money>();
          for (var id : ids) {
            var all = of(id);
            if (all.size() > 1) {
              found.put(id, all.get(all.size() - 2).balance().available());
            }
          }
          return found;
        });
  }

  @Override
  public Map<WalletId, Difference> drift(Set<WalletId> ids) {
    return transactions.inTransaction(
        () -> {
          var found = drifts();
          found.keySet().retainAll(ids);
          return found;
        });
  }

  private Map<WalletId, Difference> drifts() {
    var found = new HashMap<WalletId, Difference>();
    reconciliations
        .rows()
        .filter(it -> it.state() == Reconciliation.State.OPEN)
        .forEach(
            it -> {
              var comparison = it.comparison();
              var drift = comparison == null ? null : comparison.drift();
              if (drift != null) {
                found.merge(it.expected().walletId(), drift, (a, b) -> a.isSmallerThan(b) ? b : a);
              }
            });
    return found;
  }

  @Override
  public Map<WalletId, Map<Duration, Difference>> unexplained(
      Set<WalletId> ids, Set<Duration> periods, Instant now) {
    return transactions.inTransaction(
        () -> {
          var found = new HashMap<WalletId, Map<Duration, Difference>>();
          for (var period : periods) {
            findings
                .unexplained(now.minus(period))
                .forEach(
                    (id, it) -> {
                      if (ids.contains(id)) {
                        found.computeIfAbsent(id, _ -> new HashMap<>()).put(period, it);
                      }
                    });
          }
          return found;
        });
  }

  @Override
  public Part inTrouble(Trouble trouble, @Nullable WalletId after, int size) {
    return transactions.inTransaction(
        () -> {
          var drifts = drifts();
          var unexplained = findings.unexplained(Instant.EPOCH);
          var part =
              wallets
                  .inWalkingOrder()
                  .filter(it -> after == null || it.id().compareTo(after) > 0)
                  .sorted(comparing(Wallet::id))
                  .limit(size)
                  .toList();
          var found =
              part.stream()
                  .filter(
                      it ->
                          switch (trouble) {
                            case Trouble.NotConfirmed stale -> isStale(it, stale);
                            case Trouble.Failing() -> failures(it) >= Outage.BEGINS_AFTER;
                            case Trouble.Drifting() -> drifts.containsKey(it.id());
                            case Trouble.Unexplained() -> unexplained.containsKey(it.id());
                          })
                  .map(Wallet::id)
                  .toList();
          return new Part(found, part.size() < size ? null : part.getLast().id());
        });
  }

  private boolean isStale(Wallet wallet, Trouble.NotConfirmed trouble) {
    var schedule = places.inForce(wallet);
    var slowest = schedule.slowest() == null ? schedule.interval() : schedule.slowest();
    var after = trouble.after() == null ? slowest.multipliedBy(3) : trouble.after();
    return wallet.status() == Wallet.Status.ACTIVE
        && fresh(wallet).plus(after).isBefore(clock.instant());
  }

  private int failures(Wallet wallet) {
    var place = places.rows().get(wallet.id());
    return place == null ? 0 : place.failures();
  }

  /** When it was last confirmed, or registered. */
  private Instant fresh(Wallet wallet) {
    return snapshots
        .latest(wallet.id(), Visibility.ALL)
        .flatMap(WalletBalance::latest)
        .map(LatestBalance::confirmedAt)
        .orElse(wallet.createdAt());
  }

  @Override
  public List<Changed> changedSince(Instant since, @Nullable WalletId after, int size) {
    return transactions.inTransaction(
        () ->
            wallets
                .inWalkingOrder()
                .filter(
                    it ->
                        it.updatedAt().isAfter(since)
                            || (it.updatedAt().equals(since)
                                && (after == null || it.id().compareTo(after) > 0)))
                .sorted(comparing(Wallet::updatedAt).thenComparing(Wallet::id))
                .limit(size)
                .map(it -> new Changed(it.id(), it.updatedAt()))
                .toList());
  }

  @Override
  public boolean isAnyConfirmedSince(AlertRule rule, Instant since) {
    return transactions.inTransaction(() -> inUse(rule).anyMatch(it -> !fresh(it).isBefore(since)));
  }

  @Override
  public boolean isAnyInUse(AlertRule rule) {
    return transactions.inTransaction(() -> inUse(rule).findAny().isPresent());
  }

  private Stream<Wallet> inUse(AlertRule rule) {
    return wallets
        .inWalkingOrder()
        .filter(it -> it.status() == Wallet.Status.ACTIVE && rule.covers(it));
  }

  @Override
  public Instant now() {
    return Microseconds.cut(clock.instant());
  }
}
