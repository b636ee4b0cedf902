package io.walletsync.core.memory;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Difference;
import io.walletsync.core.movement.ExplainedChange;
import io.walletsync.core.movement.Hole;
import io.walletsync.core.movement.MovementFindings;
import io.walletsync.core.movement.Movements.Place;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryMovementFindings implements MovementFindings {
  private final InMemoryTransactions transactions;
  private final Wallets wallets;
  private final Table<Key, Hole> holes;
  private final Table<Key, ExplainedChange> changes;

  InMemoryMovementFindings(InMemoryTransactions transactions, Wallets wallets) {
    this.transactions = transactions;
    this.wallets = wallets;
    this.holes = transactions.table();
    this.changes = transactions.table();
  }

  @Override
  public void replaceHoles(WalletId wallet, Instant after, List<Hole> found) {
    holes
        .rows()
        .entrySet()
        .removeIf(
            row -> row.getKey().wallet.equals(wallet) && row.getValue().before().isAfter(after));
    found.forEach(hole -> holes.rows().put(new Key(wallet, hole.beforeKey()), hole));
  }

  @Override
  public void replaceUnexplained(WalletId wallet, long after, List<ExplainedChange> found) {
    changes
        .rows()
        .entrySet()
        .removeIf(row -> row.getKey().wallet.equals(wallet) && row.getValue().sequence() > after);
    found.forEach(
        change -> changes.rows().put(new Key(wallet, Long.toString(change.sequence())), change));
  }

  @Override
  public Page<Hole> holes(WalletId wallet, @Nullable Place before, int limit) {
    return transactions.inTransaction(
        () ->
            Page.of(
                of(wallet)
                    .filter(hole -> before == null || place(hole).compareTo(before) < 0)
                    .sorted(Comparator.comparing(InMemoryMovementFindings::place).reversed())
                    .limit(limit + 1L)
                    .toList(),
                limit));
  }

  private static Place place(Hole hole) {
    return new Place(hole.before(), hole.beforeKey());
  }

  @Override
  public Optional<Instant> beginOfHoles(WalletId wallet, Instant since) {
    return transactions.inTransaction(
        () ->
            of(wallet)
                .filter(hole -> !hole.before().isBefore(since))
                .map(Hole::after)
                .min(Instant::compareTo));
  }

  @Override
  public Page<Unexplained> unexplained(Query query) {
    return transactions.inTransaction(
        () ->
            Page.of(
                changes.rows().keySet().stream()
                    .map(Key::wallet)
                    .distinct()
                    .flatMap(id -> wallets.find(id, query.visibility()).stream())
                    .filter(wallet -> matches(query, wallet))
                    .sorted(Comparator.comparing((Wallet wallet) -> wallet.id().value()))
                    .limit(query.limit() + 1L)
                    .map(this::unexplained)
                    .toList(),
                query.limit()));
  }

  private static boolean matches(Query query, Wallet wallet) {
    return (query.wallet() == null || wallet.id().equals(query.wallet()))
        && (query.connection() == null || wallet.connectionId().equals(query.connection()))
        && (query.currency() == null || wallet.currency().equals(query.currency()))
        && (query.after() == null || wallet.id().value().compareTo(query.after().value()) > 0);
  }

  private Unexplained unexplained(Wallet wallet) {
    var amounts =
        changes.rows().entrySet().stream()
            .filter(row -> row.getKey().wallet.equals(wallet.id()))
            .map(row -> row.getValue().unexplained().amount())
            .toList();
    return new Unexplained(
        wallet.id(),
        wallet.connectionId(),
        wallet.provider(),
        amounts.size(),
        new Difference(
            amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add), wallet.currency()),
        new Difference(
            amounts.stream().map(BigDecimal::abs).reduce(BigDecimal.ZERO, BigDecimal::add),
            wallet.currency()));
  }

  @Override
  public long countHoles(WalletId wallet, Instant from, Instant until) {
    return transactions.inTransaction(
        () ->
            of(wallet)
                .filter(hole -> !hole.before().isBefore(from) && hole.after().isBefore(until))
                .count());
  }

  private Stream<Hole> of(WalletId wallet) {
    return holes.rows().entrySet().stream()
        .filter(row -> row.getKey().wallet.equals(wallet))
        .map(row -> row.getValue());
  }

  /** Of changes after a time, without signs, added up for each wallet. */
  Map<WalletId, Difference> unexplained(Instant since) {
    var found = new HashMap<WalletId, Difference>();
    changes
        .rows()
        .forEach(
            (key, change) -> {
              if (change.to().isAfter(since)) {
                var amount = change.unexplained();
                found.merge(
                    key.wallet,
                    new Difference(amount.amount().abs(), amount.currency()),
                    (a, b) -> new Difference(a.value().add(b.value()), a.currency()));
              }
            });
    return found;
  }

  @Override
  public Figures figures() {
    return transactions.inTransaction(
        () -> {
          var unexplained = new HashMap<CurrencyCode, BigDecimal>();
          changes
              .rows()
              .values()
              .forEach(
                  change ->
                      unexplained.merge(
                          change.unexplained().currency(),
                          change.unexplained().amount().abs(),
                          BigDecimal::add));
          return new Figures(
              holes.rows().size(),
              changes.rows().keySet().stream().map(Key::wallet).distinct().count(),
              unexplained);
        });
  }

  private record Key(WalletId wallet, String key) {}
}
