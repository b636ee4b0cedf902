package io.walletsync.core.memory;

import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.balance.QuarantinedReadings;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

final class InMemoryQuarantinedReadings implements QuarantinedReadings {
  private final InMemoryTransactions transactions;
  private final Table<UUID, QuarantinedReading> table;

  InMemoryQuarantinedReadings(InMemoryTransactions transactions) {
    this.transactions = transactions;
    this.table = transactions.table();
  }

  @Override
  public void save(Collection<QuarantinedReading> readings) {
    readings.forEach(reading -> table.rows().put(reading.readingId(), reading));
    readings.forEach(
        reading -> {
          if (open(reading.walletId()).count() > 1) {
            throw new IllegalStateException("a wallet has one open doubt at most");
          }
        });
  }

  @Override
  public Optional<QuarantinedReading> find(UUID readingId, Visibility visibility) {
    return transactions.inTransaction(
        () ->
            Optional.ofNullable(table.rows().get(readingId))
                .filter(reading -> visibility.includes(reading.connectionId())));
  }

  @Override
  public Page<QuarantinedReading> page(Query query) {
    return transactions.inTransaction(
        () ->
            Page.of(
                table.rows().values().stream()
                    .filter(r -> query.visibility().includes(r.connectionId()))
                    .filter(r -> query.wallet() == null || r.walletId().equals(query.wallet()))
                    .filter(
                        r ->
                            query.connection() == null
                                || r.connectionId().equals(query.connection()))
                    .filter(r -> query.open() == null || r.isOpen() == query.open())
                    .filter(
                        r -> query.before() == null || r.readingId().compareTo(query.before()) < 0)
                    .sorted((a, b) -> b.readingId().compareTo(a.readingId()))
                    .limit(query.limit() + 1L)
                    .toList(),
                query.limit()));
  }

  @Override
  public long countOpen() {
    return transactions.inTransaction(
        () -> table.rows().values().stream().filter(QuarantinedReading::isOpen).count());
  }

  Optional<QuarantinedReading> openOf(WalletId wallet) {
    return open(wallet).findFirst();
  }

  private Stream<QuarantinedReading> open(WalletId wallet) {
    return table.rows().values().stream()
        .filter(reading -> reading.isOpen() && reading.walletId().equals(wallet));
  }
}
