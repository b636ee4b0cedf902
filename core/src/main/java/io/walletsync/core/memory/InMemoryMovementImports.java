package io.walletsync.core.memory;

import io.walletsync.core.movement.ImportProgress;
import io.walletsync.core.movement.MovementImports;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

final class InMemoryMovementImports implements MovementImports {
  private final InMemoryTransactions transactions;
  private final InMemoryWallets wallets;
  private final InstantSource clock;
  private final Table<WalletId, Entry> table;

  InMemoryMovementImports(
      InMemoryTransactions transactions, InMemoryWallets wallets, InstantSource clock) {
    this.transactions = transactions;
    this.wallets = wallets;
    this.clock = clock;
    this.table = transactions.table();
  }

  @Override
  public Optional<Taken> take(WalletId wallet, Duration lease) {
    return transactions.inTransaction(
        () -> {
          var now = clock.instant();
          var entry = table.rows().getOrDefault(wallet, Entry.NONE);
          if (!entry.isFree(now)) {
            return Optional.empty();
          }
          var token = UUID.randomUUID();
          table.rows().put(wallet, entry.leased(token, now.plus(lease)));
          return Optional.of(
              new Taken(new Lease(wallet, token, lease), entry.standing.progress(), now));
        });
  }

  @Override
  public boolean save(Lease lease, ImportProgress progress) {
    return update(
        lease,
        entry ->
            new Entry(
                entry.dueAt,
                lease.token(),
                clock.instant().plus(lease.lasts()),
                new Standing(
                    progress,
                    entry.standing.endedAt(),
                    entry.standing.failure(),
                    entry.standing.failures())));
  }

  @Override
  public boolean end(Lease lease, @Nullable String failure, @Nullable Duration next) {
    var now = clock.instant();
    return update(
        lease,
        entry ->
            new Entry(
                next == null ? null : now.plus(next),
                null,
                null,
                new Standing(
                    entry.standing.progress(),
                    now,
                    failure,
                    failure == null ? 0 : entry.standing.failures() + 1)));
  }

  private boolean update(Lease lease, UnaryOperator<Entry> change) {
    var entry = table.rows().get(lease.wallet());
    if (entry == null || !lease.token().equals(entry.token)) {
      return false;
    }
    table.rows().put(lease.wallet(), change.apply(entry));
    return true;
  }

  @Override
  public Optional<Standing> find(WalletId wallet) {
    return transactions.inTransaction(
        () -> Optional.ofNullable(table.rows().get(wallet)).map(Entry::standing));
  }

  @Override
  public List<WalletId> due(int atMost) {
    return transactions.inTransaction(
        () -> {
          var now = clock.instant();
          return table.rows().entrySet().stream()
              .filter(row -> isActive(row.getKey()) && row.getValue().isDue(now))
              .sorted(
                  Comparator.comparing(
                      row -> Optional.ofNullable(row.getValue().dueAt).orElse(Instant.MAX)))
              .limit(atMost)
              .map(row -> row.getKey())
              .toList();
        });
  }

  private boolean isActive(WalletId wallet) {
    return wallets.inWalkingOrder().anyMatch(w -> w.id().equals(wallet) && isActive(w));
  }

  private static boolean isActive(Wallet wallet) {
    return wallet.status() == Wallet.Status.ACTIVE;
  }

  @Override
  public int enrol(Duration within, int atMost) {
    return transactions.inTransaction(
        () -> {
          var now = clock.instant();
          var found =
              wallets
                  .inWalkingOrder()
                  .filter(InMemoryMovementImports::isActive)
                  .map(Wallet::id)
                  .filter(id -> table.rows().getOrDefault(id, Entry.NONE).dueAt == null)
                  .limit(atMost)
                  .toList();
          found.forEach(
              id -> table.rows().put(id, table.rows().getOrDefault(id, Entry.NONE).dueAt(now)));
          return found.size();
        });
  }

  @Override
  public Optional<Duration> oldest() {
    return transactions.inTransaction(
        () ->
            table.rows().values().stream()
                .filter(entry -> entry.dueAt != null)
                .flatMap(entry -> Optional.ofNullable(entry.standing.endedAt()).stream())
                .min(Comparator.naturalOrder())
                .map(ended -> Duration.between(ended, clock.instant())));
  }

  private record Entry(
      @Nullable Instant dueAt,
      @Nullable UUID token,
      @Nullable Instant leasedUntil,
      Standing standing) {
    private static final Entry NONE =
        new Entry(null, null, null, new Standing(ImportProgress.NONE, null, null, 0));

    private boolean isFree(Instant now) {
      return leasedUntil == null || !leasedUntil.isAfter(now);
    }

    private boolean isDue(Instant now) {
      return dueAt != null && !dueAt.isAfter(now) && isFree(now);
    }

    private Entry leased(UUID newToken, Instant until) {
      return new Entry(dueAt, newToken, until, standing);
    }

    private Entry dueAt(Instant due) {
      return new Entry(due, token, leasedUntil, standing);
    }
  }
}
