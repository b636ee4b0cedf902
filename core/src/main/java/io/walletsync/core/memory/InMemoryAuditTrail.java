package io.walletsync.core.memory;

import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.kernel.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

final class InMemoryAuditTrail implements AuditTrail {
  private final InMemoryTransactions transactions;
  private final Table<UUID, AuditEntry> table;

  InMemoryAuditTrail(InMemoryTransactions transactions) {
    this.transactions = transactions;
    this.table = transactions.table();
  }

  @Override
  public void append(List<AuditEntry> entries) {
    transactions.inTransaction(
        () -> {
          entries.forEach(entry -> table.rows().put(entry.entryId(), entry));
          return entries;
        });
  }

  @Override
  public Page<AuditEntry> page(Query query) {
    return transactions.inTransaction(
        () -> {
          var newestFirst = new ArrayList<>(table.rows().values()).reversed();
          var before = query.before();
          var from =
              before == null
                  ? 0
                  : newestFirst.stream().map(AuditEntry::entryId).toList().indexOf(before) + 1;
          return Page.of(
              newestFirst.subList(from, newestFirst.size()).stream()
                  .filter(entry -> matches(query, entry))
                  .limit(query.limit() + 1L)
                  .toList(),
              query.limit());
        });
  }

  private static boolean matches(Query query, AuditEntry entry) {
    var connections = query.connections();
    return (query.action() == null || query.action().equals(entry.action()))
        && (query.subjectId() == null || query.subjectId().equals(entry.subjectId()))
        && (connections == null
            || (entry.connectionId() != null && connections.contains(entry.connectionId())));
  }
}
