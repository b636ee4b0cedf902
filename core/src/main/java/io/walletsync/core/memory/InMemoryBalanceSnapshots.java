package io.walletsync.core.memory;

import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.ExternalBalanceId;
import io.walletsync.core.balance.LateReading;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class InMemoryBalanceSnapshots implements BalanceSnapshots {
  private final InMemoryTransactions transactions;
  private final Wallets wallets;
  private final InMemoryQuarantinedReadings quarantine;
  private final InstantSource clock;
  private final Table<UUID, WalletBalanceSnapshot> snapshots;
  private final Table<WalletId, LatestBalance> latest;
  private final Table<UUID, LateReading> late;

  InMemoryBalanceSnapshots(
      InMemoryTransactions transactions,
      Wallets wallets,
      InMemoryQuarantinedReadings quarantine,
      InstantSource clock) {
    this.transactions = transactions;
    this.wallets = wallets;
    this.quarantine = quarantine;
    this.clock = clock;
    this.snapshots = transactions.table();
    this.latest = transactions.table();
    this.late = transactions.table();
  }

  @Override
  public Map<WalletId, WalletBalance> latest(Set<WalletId> ids) {
    return transactions.inTransaction(
        () ->
            wallets.findAll(ids).values().stream()
                .collect(
                    Collectors.toUnmodifiableMap(Wallet::id, wallet -> balanceOf(wallet, now()))));
  }

  @Override
  public LockedWallets lock(SequencedSet<WalletId> ids) {
    var now = now();
    var locked = new LinkedHashMap<WalletId, WalletBalance>();
    for (var id : ids) {
      wallets.lock(id, Visibility.ALL).ifPresent(wallet -> locked.put(id, balanceOf(wallet, now)));
    }
    return new LockedWallets(locked, now);
  }

  /** One transaction at a time: nobody else has a lock. */
  @Override
  public LockedWallets lockFree(SequencedSet<WalletId> ids) {
    return lock(ids);
  }

  private WalletBalance balanceOf(Wallet wallet, Instant now) {
    return new WalletBalance(
        wallet,
        Optional.ofNullable(latest.rows().get(wallet.id())),
        quarantine.openOf(wallet.id()),
        now);
  }

  private Instant now() {
    return Microseconds.cut(clock.instant());
  }

  @Override
  public List<WalletBalanceSnapshot> findByExternalId(Map<WalletId, Set<ExternalBalanceId>> ids) {
    return findBy(ids, WalletBalanceSnapshot::externalId);
  }

  @Override
  public List<WalletBalanceSnapshot> findByRequestKey(Map<WalletId, Set<RequestKey>> keys) {
    return findBy(keys, WalletBalanceSnapshot::requestKey);
  }

  private <K> List<WalletBalanceSnapshot> findBy(
      Map<WalletId, Set<K>> wanted, Function<WalletBalanceSnapshot, @Nullable K> key) {
    return transactions.inTransaction(
        () ->
            snapshots.rows().values().stream()
                .filter(
                    snapshot -> {
                      var keys = wanted.getOrDefault(snapshot.walletId(), Set.of());
                      return keys.stream().anyMatch(k -> k.equals(key.apply(snapshot)));
                    })
                .toList());
  }

  @Override
  public void append(List<WalletBalanceSnapshot> created) {
    for (var snapshot : created) {
      for (var other : snapshots.rows().values()) {
        if (other.walletId().equals(snapshot.walletId())) {
          requireDifferent(other, snapshot);
        }
      }
      snapshots.rows().put(snapshot.snapshotId(), snapshot);
    }
  }

  /** The unique constraints of the table. */
  private static void requireDifferent(WalletBalanceSnapshot a, WalletBalanceSnapshot b) {
    if (a.sequence() == b.sequence()
        || a.asOf().equals(b.asOf())
        || (a.externalId() != null && Objects.equals(a.externalId(), b.externalId()))
        || (a.requestKey() != null && Objects.equals(a.requestKey(), b.requestKey()))) {
      throw new IllegalStateException("two snapshots of one wallet share what must be unique");
    }
  }

  @Override
  public void setLatest(Collection<LatestBalance> moved) {
    moved.forEach(balance -> latest.rows().put(balance.snapshot().walletId(), balance));
  }

  @Override
  public void appendLate(List<LateReading> readings) {
    readings.forEach(reading -> late.rows().put(reading.readingId(), reading));
  }

  List<WalletBalanceSnapshot> all() {
    return transactions.inTransaction(() -> List.copyOf(snapshots.rows().values()));
  }

  List<LatestBalance> allLatest() {
    return transactions.inTransaction(() -> List.copyOf(latest.rows().values()));
  }

  List<LateReading> allLate() {
    return transactions.inTransaction(() -> List.copyOf(late.rows().values()));
  }
}
