package io.walletsync.core.memory;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Difference;
import io.walletsync.core.movement.ExplainedChange;
import io.walletsync.core.movement.Hole;
import io.walletsync.core.movement.MovementFindings;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

final class InMemoryMovementFindings implements MovementFindings {
  private final InMemoryTransactions transactions;
  private final Table<Key, Hole> holes;
  private final Table<Key, ExplainedChange> changes;

  InMemoryMovementFindings(InMemoryTransactions transactions) {
    this.transactions = transactions;
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
  public List<Hole> newestHoles(WalletId wallet, int atMost) {
    return transactions.inTransaction(
        () ->
            of(wallet)
                .sorted(
                    Comparator.comparing(Hole::before).thenComparing(Hole::beforeKey).reversed())
                .limit(atMost)
                .toList());
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
