package io.walletsync.core.memory;

import io.walletsync.core.notification.Bookmarks;
import io.walletsync.core.notification.Outbox.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

final class InMemoryBookmarks implements Bookmarks {
  private final InMemoryTransactions transactions;
  private final Table<String, Row> table;
  private final InstantSource clock;

  InMemoryBookmarks(InMemoryTransactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.table = transactions.table();
    this.clock = clock;
  }

  @Override
  public Optional<Held> take(String reader, Place start, Duration leaseFor) {
    return transactions.inTransaction(
        () -> {
          var row = table.rows().get(reader);
          var now = clock.instant();
          if (row != null && row.leaseUntil().isAfter(now)) {
            return Optional.empty();
          }
          var held = new Held(reader, UUID.randomUUID(), row == null ? start : row.held().place());
          table.rows().put(reader, new Row(held, now.plus(leaseFor)));
          return Optional.of(held);
        });
  }

  @Override
  public boolean move(Held held, Place next, Duration leaseFor) {
    var isOurs = isOurs(held);
    if (isOurs) {
      table.rows().put(held.reader(), new Row(held.at(next), clock.instant().plus(leaseFor)));
    }
    return isOurs;
  }

  @Override
  public void release(Held held) {
    transactions.inTransaction(
        () -> {
          if (isOurs(held)) {
            table.rows().computeIfPresent(held.reader(), (_, row) -> row.free());
          }
          return held;
        });
  }

  private boolean isOurs(Held held) {
    var row = table.rows().get(held.reader());
    return row != null && row.held().token().equals(held.token());
  }

  @Override
  public Optional<Place> find(String reader) {
    return transactions.inTransaction(
        () -> Optional.ofNullable(table.rows().get(reader)).map(row -> row.held().place()));
  }

  private record Row(Held held, Instant leaseUntil) {
    Row free() {
      return new Row(held, Instant.MIN);
    }
  }
}
