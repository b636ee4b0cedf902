package io.walletsync.core.memory;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

final class InMemoryWallets implements Wallets {
  /** As the database walks them: those of a connection together. */
  static final Comparator<Wallet> WALKING_ORDER =
      Comparator.<Wallet, String>comparing(wallet -> wallet.connectionId().toString())
          .thenComparing(Wallet::id);

  private final Table<WalletId, Wallet> table;
  private final InMemoryTransactions transactions;
  private final InMemoryPlaces places;

  InMemoryWallets(InMemoryTransactions transactions, InMemoryPlaces places) {
    this.transactions = transactions;
    this.places = places;
    this.table = transactions.table();
  }

  @Override
  public Wallet addOrLock(Wallet candidate) {
    return transactions.inTransaction(
        () -> {
          var existing =
              table.rows().values().stream()
                  .filter(wallet -> isSame(wallet, candidate))
                  .findFirst();
          if (existing.isEmpty()) {
            table.rows().put(candidate.id(), candidate);
            places.added(candidate);
          }
          return existing.orElse(candidate);
        });
  }

  private static boolean isSame(Wallet a, Wallet b) {
    return a.connectionId().equals(b.connectionId())
        && a.providerAccountId().equals(b.providerAccountId())
        && a.currency().equals(b.currency());
  }

  @Override
  public Optional<Wallet> find(WalletId id, Visibility visibility) {
    return transactions.inTransaction(
        () ->
            Optional.ofNullable(table.rows().get(id))
                .filter(wallet -> visibility.includes(wallet.connectionId())));
  }

  @Override
  public Map<WalletId, Wallet> findAll(Set<WalletId> ids) {
    return ids.stream()
        .flatMap(id -> find(id, Visibility.ALL).stream())
        .collect(Collectors.toUnmodifiableMap(Wallet::id, Function.identity()));
  }

  @Override
  public Optional<Wallet> lock(WalletId id, Visibility visibility) {
    return find(id, visibility);
  }

  @Override
  public void update(Wallet wallet) {
    transactions.inTransaction(
        () -> {
          put(wallet);
          return wallet;
        });
  }

  @Override
  public int countOpen(ConnectionId connection) {
    return transactions.inTransaction(() -> open(connection).size());
  }

  @Override
  public List<Wallet> closeAll(ConnectionId connection, Instant at) {
    return transactions.inTransaction(
        () -> {
          var closed = open(connection).stream().map(wallet -> wallet.closed(at)).toList();
          closed.forEach(this::put);
          return closed;
        });
  }

  private void put(Wallet wallet) {
    var before = table.rows().put(wallet.id(), wallet);
    if (before != null) {
      places.changed(before, wallet);
    }
  }

  private List<Wallet> open(ConnectionId connection) {
    return table.rows().values().stream()
        .filter(wallet -> wallet.connectionId().equals(connection) && !wallet.isClosed())
        .toList();
  }

  @Override
  public Page<Wallet> page(Query query) {
    return transactions.inTransaction(
        () -> {
          var all = List.copyOf(table.rows().values());
          var after = query.after();
          var from = after == null ? 0 : all.stream().map(Wallet::id).toList().indexOf(after) + 1;
          return Page.of(
              all.subList(from, all.size()).stream()
                  .filter(wallet -> matches(query, wallet))
                  .limit(query.limit() + 1L)
                  .toList(),
              query.limit());
        });
  }

  Stream<Wallet> inWalkingOrder() {
    return table.rows().values().stream().sorted(WALKING_ORDER);
  }

  private static boolean matches(Query query, Wallet wallet) {
    return query.visibility().includes(wallet.connectionId())
        && (query.connection() == null || query.connection().equals(wallet.connectionId()))
        && (query.provider() == null || query.provider().equals(wallet.provider()))
        && (query.currency() == null || query.currency().equals(wallet.currency()))
        && (query.ownerId() == null || query.ownerId().equals(wallet.ownerId()))
        && (query.status() == null || query.status() == wallet.status());
  }
}
