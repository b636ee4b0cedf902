package io.walletsync.core.memory;

import io.walletsync.core.event.Notice;
import io.walletsync.core.event.ProviderEvent;
import io.walletsync.core.event.ProviderEvent.Status;
import io.walletsync.core.event.ProviderEvents;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

final class InMemoryProviderEvents implements ProviderEvents {
  private static final Comparator<Position> OLDEST_FIRST =
      Comparator.comparing(Position::receivedAt).thenComparing(Position::event);

  private final InMemoryTransactions transactions;
  private final InstantSource clock;
  private final Table<UUID, EventRow> table;

  InMemoryProviderEvents(
      InMemoryTransactions transactions, Table<UUID, EventRow> table, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
    this.table = table;
  }

  @Override
  public boolean add(Arrival arrival) {
    return transactions.inTransaction(
        () -> {
          var known =
              of(arrival.connection()).stream().anyMatch(row -> isSame(row, arrival.notice()));
          if (!known) {
            table.rows().put(arrival.id(), row(arrival));
          }
          return !known;
        });
  }

  private static boolean isSame(EventRow row, Notice notice) {
    var known = row.event().notice();
    return known.contentKey().equals(notice.contentKey())
        || (notice.eventId() != null && notice.eventId().equals(known.eventId()));
  }

  private EventRow row(Arrival arrival) {
    var now = now();
    var status = Status.first(arrival.notice().concern());
    return new EventRow(
        new ProviderEvent(
            arrival.id(),
            arrival.connection(),
            arrival.provider(),
            arrival.notice(),
            arrival.body().length,
            now,
            status,
            0,
            status == Status.WAITING ? null : now,
            null),
        arrival.body(),
        now);
  }

  @Override
  public Optional<ProviderEvent> find(UUID id, Visibility visibility) {
    return transactions.inTransaction(
        () ->
            Optional.ofNullable(table.rows().get(id))
                .map(EventRow::event)
                .filter(event -> visibility.includes(event.connection())));
  }

  @Override
  public Optional<ProviderEvent> lock(UUID id, Visibility visibility) {
    return find(id, visibility);
  }

  @Override
  public Optional<byte[]> body(UUID id) {
    return transactions.inTransaction(
        () -> Optional.ofNullable(table.rows().get(id)).map(EventRow::body));
  }

  @Override
  public void restart(UUID id, Notice notice) {
    transactions.inTransaction(
        () ->
            Optional.ofNullable(
                table.rows().computeIfPresent(id, (_, row) -> row.restarted(notice, now()))));
  }

  @Override
  public int restartFailed(ConnectionId connection) {
    return transactions.inTransaction(
        () -> {
          var failed =
              of(connection).stream().filter(row -> row.event().status() == Status.FAILED).toList();
          failed.forEach(
              row ->
                  table.rows().put(row.event().id(), row.restarted(row.event().notice(), now())));
          return failed.size();
        });
  }

  @Override
  public Page<ProviderEvent> page(Query query) {
    return transactions.inTransaction(
        () ->
            Page.of(
                table.rows().values().stream()
                    .map(EventRow::event)
                    .filter(event -> matches(query, event))
                    .sorted(Comparator.comparing(Position::of, OLDEST_FIRST).reversed())
                    .limit(query.limit() + 1L)
                    .toList(),
                query.limit()));
  }

  private static boolean matches(Query query, ProviderEvent event) {
    return query.visibility().includes(event.connection())
        && (query.connection() == null || query.connection().equals(event.connection()))
        && (query.status() == null || query.status() == event.status())
        && (query.before() == null || OLDEST_FIRST.compare(Position.of(event), query.before()) < 0);
  }

  @Override
  public Volume volume(ConnectionId connection, Duration within) {
    return transactions.inTransaction(
        () -> {
          var since = now().minus(within);
          var recent =
              of(connection).stream()
                  .map(EventRow::event)
                  .filter(event -> event.receivedAt().isAfter(since))
                  .toList();
          return new Volume(
              recent.size(), recent.stream().mapToLong(ProviderEvent::bodyBytes).sum());
        });
  }

  @Override
  public Backlog backlog() {
    return transactions.inTransaction(
        () -> {
          var waiting = table.rows().values().stream().filter(EventRow::isWaiting).toList();
          var oldest = waiting.stream().map(EventRow::waitingSince).min(Comparator.naturalOrder());
          return new Backlog(
              waiting.size(), oldest.map(since -> Duration.between(since, now())).orElse(null));
        });
  }

  @Override
  public int forgetSettled(Duration olderThan, int atMost) {
    return transactions.inTransaction(
        () -> {
          var latest = now().minus(olderThan);
          return table.removeFirst(
              row -> !row.isWaiting() && !row.event().receivedAt().isAfter(latest),
              Comparator.comparing(row -> Position.of(row.event()), OLDEST_FIRST),
              atMost);
        });
  }

  private List<EventRow> of(ConnectionId connection) {
    return table.rows().values().stream()
        .filter(row -> Objects.equals(row.event().connection(), connection))
        .toList();
  }

  private Instant now() {
    return Microseconds.cut(clock.instant());
  }
}
