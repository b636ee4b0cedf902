package io.walletsync.core.memory;

import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Outbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

final class InMemoryOutbox implements Outbox {
  private final InMemoryTransactions transactions;
  private final Table<Long, Notification> table;

  InMemoryOutbox(InMemoryTransactions transactions) {
    this.transactions = transactions;
    this.table = transactions.table();
  }

  @Override
  public void append(List<Notification> notifications) {
    notifications.forEach(each -> table.rows().put(table.rows().size() + 1L, each));
  }

  @Override
  public Listed list(Query query) {
    return transactions.inTransaction(
        () -> {
          var found = new ArrayList<Entry>();
          var next = query.after();
          for (var row : table.rows().entrySet()) {
            var place = new Place(0, row.getKey(), row.getValue().id());
            if (place.transaction() <= query.after().transaction()) {
              continue;
            }
            if (found.size() == query.limit()) {
              return new Listed(found, next, true);
            }
            next = place;
            var each = row.getValue();
            if (query.wants(each.kind(), each.about())) {
              found.add(new Entry(place, each));
            }
          }
          return new Listed(found, next, false);
        });
  }

  @Override
  public Place end() {
    return transactions.inTransaction(
        () -> {
          var last = table.rows().size();
          var newest = table.rows().get((long) last);
          return newest == null ? Place.START : new Place(0, last, newest.id());
        });
  }

  @Override
  public Place before(Instant time) {
    return Place.START;
  }
}
