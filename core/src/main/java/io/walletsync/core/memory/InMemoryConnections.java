package io.walletsync.core.memory;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class InMemoryConnections implements Connections {
  private final Table<ConnectionId, Row> table;
  private final Table<UUID, Retired> retired;
  private final InMemoryTransactions transactions;
  private final InMemoryPlaces places;
  private final InstantSource clock;

  InMemoryConnections(
      InMemoryTransactions transactions, InMemoryPlaces places, InstantSource clock) {
    this.transactions = transactions;
    this.places = places;
    this.clock = clock;
    this.table = transactions.table();
    this.retired = transactions.table();
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
                              && row.holds(identifyingSecret));
          if (!taken) {
            table
                .rows()
                .put(
                    connection.id(),
                    new Row(connection, new Secrets(credentials, identifyingSecret)));
            places.added(connection);
          }
          return !taken;
        });
  }

  @Override
  public Optional<Connection> find(ConnectionId id, Visibility visibility) {
    return transactions.inTransaction(
        () ->
            Optional.ofNullable(table.rows().get(id))
                .filter(Row::isOpen)
                .map(Row::connection)
                .filter(connection -> visibility.includes(connection.id())));
  }

  /** Whom it asks, or asked before it was removed. */
  ProviderId provider(ConnectionId id) {
    return Objects.requireNonNull(table.rows().get(id), "no such connection")
        .connection()
        .provider();
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
                .flatMap(
                    row ->
                        Optional.ofNullable(row.secrets())
                            .map(
                                secrets ->
                                    new OpenConnection(row.connection(), secrets.credentials()))));
  }

  @Override
  public Map<ConnectionId, OpenConnection> openAll(Set<ConnectionId> ids) {
    return ids.stream()
        .flatMap(id -> open(id).stream())
        .collect(Collectors.toUnmodifiableMap(it -> it.connection().id(), Function.identity()));
  }

  @Override
  public Page<Connection> page(Visibility visibility, @Nullable ConnectionId after, int limit) {
    return transactions.inTransaction(
        () -> {
          var all = List.copyOf(table.rows().values());
          // removed rows still count here, so that a listing goes on behind one
          var from = after == null ? 0 : List.copyOf(table.rows().keySet()).indexOf(after) + 1;
          return Page.of(
              all.subList(from, all.size()).stream()
                  .filter(Row::isOpen)
                  .map(Row::connection)
                  .filter(connection -> visibility.includes(connection.id()))
                  .limit(limit + 1L)
                  .toList(),
              limit);
        });
  }

  @Override
  public void update(Connection connection) {
    transactions.inTransaction(
        () -> {
          places.changed(connection);
          return Optional.ofNullable(
              table
                  .rows()
                  .computeIfPresent(
                      connection.id(), (_, row) -> new Row(connection, row.secrets())));
        });
  }

  @Override
  public boolean replaceCredentials(
      ConnectionId id,
      Credentials credentials,
      String identifyingSecret,
      @Nullable String secretHint) {
    return transactions.inTransaction(
        () -> {
          var row = Objects.requireNonNull(table.rows().get(id), "the connection is locked");
          var taken =
              table.rows().values().stream()
                  .anyMatch(
                      other ->
                          !other.connection().id().equals(id)
                              && other.connection().provider().equals(row.connection().provider())
                              && other.holds(identifyingSecret));
          if (!taken) {
            table
                .rows()
                .put(
                    id,
                    new Row(
                        row.connection().hinted(secretHint),
                        new Secrets(credentials, identifyingSecret)));
            places.credentialsReplaced(id);
          }
          return !taken;
        });
  }

  @Override
  public void retireWebhookSecret(ConnectionId id, String secret, Duration validFor) {
    transactions.inTransaction(
        () ->
            Optional.ofNullable(
                retired
                    .rows()
                    .put(
                        UUID.randomUUID(),
                        new Retired(id, secret, clock.instant().plus(validFor)))));
  }

  @Override
  public List<String> retiredWebhookSecrets(ConnectionId id) {
    return transactions.inTransaction(
        () ->
            List.copyOf(retired.rows().values()).reversed().stream()
                .filter(it -> it.connection().equals(id) && it.until().isAfter(clock.instant()))
                .map(Retired::secret)
                .toList());
  }

  @Override
  public int forgetRetiredSecrets(int atMost) {
    return transactions.inTransaction(
        () ->
            retired.removeFirst(
                it -> !it.until().isAfter(clock.instant()),
                Comparator.comparing(Retired::until),
                atMost));
  }

  @Override
  public void remove(ConnectionId id) {
    transactions.inTransaction(
        () -> {
          retired.rows().values().removeIf(it -> it.connection().equals(id));
          return Optional.ofNullable(
              table.rows().computeIfPresent(id, (_, row) -> new Row(row.connection(), null)));
        });
  }

  private record Retired(ConnectionId connection, String secret, Instant until) {
    @Override
    public String toString() {
      return "Retired[hidden]";
    }
  }

  private record Secrets(Credentials credentials, String identifying) {
    @Override
    public String toString() {
      return "Secrets[hidden]";
    }
  }

  /** A removed connection is a row without secrets. */
  private record Row(Connection connection, @Nullable Secrets secrets) {
    boolean isOpen() {
      return secrets != null;
    }

    boolean holds(String identifyingSecret) {
      return secrets != null && secrets.identifying().equals(identifyingSecret);
    }
  }
}
