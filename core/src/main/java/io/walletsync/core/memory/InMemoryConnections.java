package io.walletsync.core.memory;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.Visibility;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class InMemoryConnections implements Connections {
  private final Table<ConnectionId, Row> table;
  private final InMemoryTransactions transactions;

  InMemoryConnections(InMemoryTransactions transactions) {
    this.transactions = transactions;
    this.table = transactions.table();
  }

  @Override
  public boolean add(Connection connection, Credentials credentials, String identifyingSecret) {
    return transactions.inTransaction(
        () -> {
          var taken =
              table.rows().values().stream()
                  .anyMatch(
                      row ->
                          row.connection().provider().equals(connection.provider())
                              && row.secret().equals(identifyingSecret));
          if (!taken) {
            table.rows().put(connection.id(), new Row(connection, credentials, identifyingSecret));
          }
          return !taken;
        });
  }

  @Override
  public Optional<Connection> find(ConnectionId id, Visibility visibility) {
    return transactions.inTransaction(
        () ->
            Optional.ofNullable(table.rows().get(id))
                .map(Row::connection)
                .filter(connection -> visibility.includes(connection.id())));
  }

  @Override
  public Optional<Connection> lock(ConnectionId id, Visibility visibility) {
    return find(id, visibility);
  }

  @Override
  public Optional<OpenConnection> open(ConnectionId id) {
    return transactions.inTransaction(
        () ->
            Optional.ofNullable(table.rows().get(id))
                .map(row -> new OpenConnection(row.connection(), row.credentials())));
  }

  @Override
  public Page<Connection> page(Visibility visibility, @Nullable ConnectionId after, int limit) {
    return transactions.inTransaction(
        () -> {
          var all = table.rows().values().stream().map(Row::connection).toList();
          var from =
              after == null ? 0 : all.stream().map(Connection::id).toList().indexOf(after) + 1;
          return Page.of(
              all.subList(from, all.size()).stream()
                  .filter(connection -> visibility.includes(connection.id()))
                  .limit(limit + 1L)
                  .toList(),
              limit);
        });
  }

  @Override
  public void remove(ConnectionId id) {
    transactions.inTransaction(() -> Optional.ofNullable(table.rows().remove(id)));
  }

  private record Row(Connection connection, Credentials credentials, String secret) {}
}
