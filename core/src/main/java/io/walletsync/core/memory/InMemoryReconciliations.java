package io.walletsync.core.memory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.reducing;

import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Difference;
import io.walletsync.core.reconciliation.Comparison;
import io.walletsync.core.reconciliation.ExpectedBalance;
import io.walletsync.core.reconciliation.Reconciliation;
import io.walletsync.core.reconciliation.Reconciliation.How;
import io.walletsync.core.reconciliation.Reconciliation.Settled;
import io.walletsync.core.reconciliation.Reconciliation.State;
import io.walletsync.core.reconciliation.Reconciliations;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryReconciliations implements Reconciliations {
  private final InMemoryTransactions transactions;
  private final BalanceSnapshots snapshots;
  private final Table<UUID, Reconciliation> table;
  private final Table<UUID, List<Comparison>> comparisons;
  private final Table<UUID, Instant> lookedAt;
  private final InstantSource clock;

  InMemoryReconciliations(
      InMemoryTransactions transactions, BalanceSnapshots snapshots, InstantSource clock) {
    this.transactions = transactions;
    this.snapshots = snapshots;
    this.clock = clock;
    this.table = transactions.table();
    this.comparisons = transactions.table();
    this.lookedAt = transactions.table();
  }

  @Override
  public List<Reconciliation> under(Collection<ExpectedBalance.Key> keys) {
    var wanted = new HashSet<>(keys);
    return transactions.inTransaction(
        () ->
            rows()
                .filter(row -> wanted.contains(row.expected().key()))
                .sorted(comparingInt(Reconciliation::revision))
                .toList());
  }

  @Override
  public Set<UUID> add(Collection<Reconciliation> pending) {
    return transactions.inTransaction(
        () -> {
          var added = new LinkedHashSet<UUID>();
          for (var each : pending) {
            var said = under(List.of(each.expected().key()));
            if (said.stream().noneMatch(row -> row.revision() == each.revision())) {
              said.forEach(row -> put(row.corrected(each)));
              put(each);
              added.add(each.id());
            }
          }
          return added;
        });
  }

  @Override
  public Part pendingWithNews(@Nullable UUID after, int size) {
    return transactions.inTransaction(
        () -> {
          var part =
              rows()
                  .filter(row -> row.state() == State.PENDING)
                  .filter(row -> after == null || row.id().compareTo(after) > 0)
                  .sorted(comparing(Reconciliation::id))
                  .limit(size)
                  .toList();
          var next = part.size() < size ? null : part.getLast().id();
          return new Part(part.stream().filter(this::hasNews).toList(), next);
        });
  }

  private boolean hasNews(Reconciliation row) {
    var latest =
        snapshots
            .latest(row.expected().walletId(), Visibility.ALL)
            .flatMap(BalanceSnapshots.WalletBalance::latest)
            .orElse(null);
    var until = row.knownUntil();
    return latest != null
        && (until == null
            || latest.confirmedAt().isAfter(until)
            || latest.snapshot().asOf().isAfter(until));
  }

  @Override
  public Set<UUID> looked(Collection<Look> looks) {
    return transactions.inTransaction(
        () -> {
          var decided = new LinkedHashSet<UUID>();
          for (var look : looks) {
            var row = table.rows().get(look.id());
            if (row != null && row.state() == State.PENDING) {
              put(row.looked(look.knownUntil(), look.comparison()));
              if (look.comparison() != null) {
                keep(look.id(), look.comparison());
                decided.add(look.id());
              }
            }
          }
          return decided;
        });
  }

  private void keep(UUID id, Comparison comparison) {
    var all = new ArrayList<>(comparisons.rows().getOrDefault(id, List.of()));
    all.add(comparison);
    comparisons.rows().put(id, List.copyOf(all));
  }

  @Override
  public List<Reconciliation> takeOpen(int atMost) {
    return transactions.inTransaction(
        () -> {
          var now = clock.instant();
          var due =
              rows()
                  .filter(row -> row.state() == State.OPEN && isDue(row, now))
                  .sorted(comparing(Reconciliation::id))
                  .limit(atMost)
                  .toList();
          due.forEach(row -> lookedAt.rows().put(row.id(), now));
          return due;
        });
  }

  private boolean isDue(Reconciliation row, Instant now) {
    var begun = row.decidableAt();
    var age = Duration.between(begun, now);
    var last = lookedAt.rows().getOrDefault(row.id(), begun);
    var wait = Duration.between(begun, last).multipliedBy(3).dividedBy(2);
    return age.compareTo(Duration.ofDays(7)) <= 0
        && age.compareTo(wait) >= 0
        && age.compareTo(Duration.ofMinutes(1)) >= 0;
  }

  @Override
  public Set<UUID> foundMore(Collection<Look> looks, String by) {
    return transactions.inTransaction(
        () -> {
          var kept = new LinkedHashSet<UUID>();
          for (var look : looks) {
            var row = table.rows().get(look.id());
            var comparison = look.comparison();
            if (row != null && row.state() == State.OPEN && comparison != null) {
              put(row.foundMore(look.knownUntil(), comparison, by));
              keep(look.id(), comparison);
              kept.add(look.id());
            }
          }
          return kept;
        });
  }

  @Override
  public List<Reconciliation> resolveAgreed(
      @Nullable Set<WalletId> wallets, Instant at, String by) {
    return transactions.inTransaction(
        () -> {
          var resolved = new ArrayList<Reconciliation>();
          for (var row : List.copyOf(table.rows().values())) {
            if (row.state() == State.OPEN
                && (wallets == null || wallets.contains(row.expected().walletId()))) {
              agreementAfter(row)
                  .map(it -> row.settled(new Settled(How.AGREED_LATER, at, by, null, it.id())))
                  .ifPresent(resolved::add);
            }
          }
          resolved.forEach(this::put);
          return resolved;
        });
  }

  /** The first one, and of several at one moment that with the smallest id. */
  private Optional<Reconciliation> agreementAfter(Reconciliation open) {
    var expected = open.expected();
    return rows()
        .filter(row -> row.state() == State.AGREED && row.correctedBy() == null)
        .filter(row -> row.expected().walletId().equals(expected.walletId()))
        .filter(row -> row.expected().asOf().isAfter(expected.asOf()))
        .min(
            comparing((Reconciliation row) -> row.expected().asOf())
                .thenComparing(Reconciliation::id));
  }

  @Override
  public boolean settle(UUID id, Settled settled) {
    return transactions.inTransaction(
        () -> {
          var row = table.rows().get(id);
          if (row == null || row.state() != State.OPEN) {
            return false;
          }
          put(row.settled(settled));
          return true;
        });
  }

  @Override
  public Optional<Reconciliation> find(UUID id, Visibility visibility) {
    return transactions.inTransaction(
        () ->
            Optional.ofNullable(table.rows().get(id))
                .filter(row -> visibility.includes(row.connectionId())));
  }

  @Override
  public List<Comparison> comparisons(Reconciliation reconciliation) {
    return transactions.inTransaction(
        () -> comparisons.rows().getOrDefault(reconciliation.id(), List.of()));
  }

  @Override
  public Page<Reconciliation> page(Query query) {
    return transactions.inTransaction(
        () ->
            Page.of(
                rows()
                    .filter(row -> matches(query, row))
                    .sorted(comparing(Reconciliation::id).reversed())
                    .limit(query.limit() + 1L)
                    .toList(),
                query.limit()));
  }

  private static boolean matches(Query query, Reconciliation row) {
    var asOf = row.expected().asOf();
    return query.visibility().includes(row.connectionId())
        && (query.wallet() == null || row.expected().walletId().equals(query.wallet()))
        && (query.connection() == null || row.connectionId().equals(query.connection()))
        && (query.state() == null || row.state() == query.state())
        && (query.from() == null || !asOf.isBefore(query.from()))
        && (query.to() == null || asOf.isBefore(query.to()))
        && (query.before() == null || row.id().compareTo(query.before()) < 0)
        && (query.minDrift() == null || hasDrift(row, query.minDrift()));
  }

  private static boolean hasDrift(Reconciliation row, BigDecimal atLeast) {
    var comparison = row.comparison();
    var drift = comparison == null ? null : comparison.drift();
    return drift != null && drift.value().abs().compareTo(atLeast) >= 0;
  }

  @Override
  public Figures figures() {
    return transactions.inTransaction(
        () ->
            new Figures(
                rows().filter(row -> row.state() == State.PENDING).count(),
                rows().filter(row -> row.state() == State.OPEN).count(),
                drifts().entrySet().stream()
                    .map(entry -> new Difference(entry.getValue(), entry.getKey()))
                    .toList()));
  }

  private Map<CurrencyCode, BigDecimal> drifts() {
    return rows()
        .filter(row -> row.state() == State.OPEN)
        .flatMap(row -> Stream.ofNullable(row.comparison()))
        .flatMap(comparison -> Stream.ofNullable(comparison.drift()))
        .collect(
            groupingBy(
                Difference::currency,
                reducing(BigDecimal.ZERO, drift -> drift.value().abs(), BigDecimal::add)));
  }

  Stream<Reconciliation> rows() {
    return table.rows().values().stream();
  }

  private void put(Reconciliation row) {
    table.rows().put(row.id(), row);
  }
}
