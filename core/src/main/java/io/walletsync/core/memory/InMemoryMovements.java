package io.walletsync.core.memory;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.movement.ProviderMovement;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryMovements implements Movements {
  private final InMemoryTransactions transactions;
  private final Table<Key, ProviderMovement> table;

  InMemoryMovements(InMemoryTransactions transactions) {
    this.transactions = transactions;
    this.table = transactions.table();
  }

  @Override
  public Set<String> add(List<ProviderMovement> movements) {
    var added = new LinkedHashSet<String>();
    for (var movement : movements) {
      var key = new Key(movement.walletId(), movement.key());
      if (table.rows().putIfAbsent(key, movement) == null) {
        added.add(movement.key());
      }
    }
    return added;
  }

  @Override
  public Page<ProviderMovement> page(Query query) {
    var order =
        switch (query.order()) {
          case OLDEST_FIRST -> Comparator.comparing(Place::of);
          case NEWEST_FIRST -> Comparator.comparing(Place::of).reversed();
        };
    return transactions.inTransaction(
        () ->
            Page.of(
                between(query.wallet(), query.from(), query.until())
                    .filter(movement -> isBehind(movement, query))
                    .sorted(order)
                    .limit(query.limit() + 1L)
                    .toList(),
                query.limit()));
  }

  private static boolean isBehind(ProviderMovement movement, Query query) {
    if (query.after() == null) {
      return true;
    }
    var way = Place.of(movement).compareTo(query.after());
    return switch (query.order()) {
      case OLDEST_FIRST -> way > 0;
      case NEWEST_FIRST -> way < 0;
    };
  }

  @Override
  public List<ProviderMovement> named(WalletId wallet, Set<String> references) {
    return transactions.inTransaction(
        () ->
            between(wallet, null, null)
                .filter(it -> it.reference() != null && references.contains(it.reference()))
                .sorted(Comparator.comparing(Place::of))
                .toList());
  }

  @Override
  public Total sum(WalletId wallet, Instant from, Instant until) {
    return transactions.inTransaction(
        () -> {
          var differences =
              between(wallet, from, until).map(movement -> movement.difference().amount()).toList();
          return new Total(
              differences.size(), differences.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        });
  }

  @Override
  public Optional<Instant> newestBefore(WalletId wallet, Instant time) {
    return transactions.inTransaction(
        () ->
            between(wallet, null, time)
                .map(ProviderMovement::occurredAt)
                .max(Comparator.naturalOrder()));
  }

  private Stream<ProviderMovement> between(
      WalletId wallet, @Nullable Instant from, @Nullable Instant until) {
    return table.rows().values().stream()
        .filter(movement -> movement.walletId().equals(wallet))
        .filter(movement -> from == null || !movement.occurredAt().isBefore(from))
        .filter(movement -> until == null || movement.occurredAt().isBefore(until));
  }

  private record Key(WalletId wallet, String key) {}
}
