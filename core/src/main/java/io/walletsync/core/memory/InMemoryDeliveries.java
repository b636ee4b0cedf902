package io.walletsync.core.memory;

import io.walletsync.core.delivery.Deliveries;
import io.walletsync.core.delivery.Delivery;
import io.walletsync.core.delivery.Delivery.Attempt;
import io.walletsync.core.delivery.Delivery.Claim;
import io.walletsync.core.delivery.Delivery.Draft;
import io.walletsync.core.delivery.Delivery.State;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

final class InMemoryDeliveries implements Deliveries {
  private static final Comparator<Delivery> BY_DUE =
      Comparator.comparing(it -> Objects.requireNonNull(it.dueAt()));

  private final InMemoryTransactions transactions;
  private final Table<UUID, List<DeliveryRow>> table;
  private final Subscriptions subscriptions;
  private final InstantSource clock;

  InMemoryDeliveries(
      InMemoryTransactions transactions,
      Table<UUID, List<DeliveryRow>> table,
      Subscriptions subscriptions,
      InstantSource clock) {
    this.transactions = transactions;
    this.table = table;
    this.subscriptions = subscriptions;
    this.clock = clock;
  }

  @Override
  public void add(Collection<Draft> drafts) {
    drafts.stream()
        .filter(draft -> row(draft.subscription(), draft.event()).isEmpty())
        .forEach(this::insert);
  }

  @Override
  public void replay(Collection<Draft> drafts) {
    for (var draft : drafts) {
      if (!replay(draft.subscription(), draft.event())) {
        insert(draft);
      }
    }
  }

  private void insert(Draft draft) {
    var rows = new ArrayList<>(table.rows().getOrDefault(draft.subscription(), List.of()));
    rows.add(DeliveryRow.of(draft, clock.instant()));
    table.rows().put(draft.subscription(), List.copyOf(rows));
  }

  @Override
  public boolean replay(UUID subscription, UUID event) {
    return replace(subscription, event, row -> row.replayed(clock.instant()));
  }

  private boolean replace(UUID subscription, UUID event, UnaryOperator<DeliveryRow> change) {
    var found = row(subscription, event);
    found.ifPresent(
        before ->
            table
                .rows()
                .computeIfPresent(
                    subscription,
                    (_, rows) ->
                        rows.stream()
                            .map(row -> row.equals(before) ? change.apply(row) : row)
                            .toList()));
    return found.isPresent();
  }

  private Optional<DeliveryRow> row(UUID subscription, UUID event) {
    return rows(subscription).filter(row -> row.delivery().event().equals(event)).findFirst();
  }

  private Stream<DeliveryRow> rows(UUID subscription) {
    return table.rows().getOrDefault(subscription, List.of()).stream();
  }

  @Override
  public Set<UUID> due(int atMost) {
    return transactions.inTransaction(
        () ->
            subscriptions.told().stream()
                .filter(this::goesOn)
                .map(Subscription::id)
                .filter(id -> rows(id).anyMatch(row -> row.isDue(clock.instant())))
                .limit(atMost)
                .collect(Collectors.toUnmodifiableSet()));
  }

  private boolean goesOn(Subscription subscription) {
    var quietUntil = subscription.health().quietUntil();
    return subscription.state() == Subscription.State.ACTIVE
        && (quietUntil == null || !quietUntil.isAfter(clock.instant()));
  }

  @Override
  public List<Claim> claim(UUID subscription, int atMost, Duration leaseFor) {
    return transactions.inTransaction(
        () -> {
          var now = clock.instant();
          var due =
              rows(subscription)
                  .filter(row -> row.isDue(now))
                  .map(DeliveryRow::delivery)
                  .sorted(BY_DUE)
                  .limit(atMost)
                  .toList();
          due.forEach(
              it ->
                  replace(
                      subscription,
                      it.event(),
                      row -> row.leased(UUID.randomUUID(), now.plus(leaseFor))));
          return due.stream()
              .map(it -> row(subscription, it.event()).orElseThrow().claim())
              .toList();
        });
  }

  @Override
  public Set<UUID> settle(List<Settled> settled) {
    var held = new HashSet<UUID>();
    for (var each : settled) {
      var claim = each.claim();
      var row = row(claim.subscription(), claim.event());
      if (row.filter(it -> claim.token().equals(it.token())).isPresent()) {
        held.add(claim.event());
        replace(claim.subscription(), claim.event(), it -> tried(it, each));
      }
    }
    return held;
  }

  private DeliveryRow tried(DeliveryRow row, Settled settled) {
    var now = clock.instant();
    var wait = settled.retryIn();
    return row.tried(settled.attempt(), settled.state(), wait == null ? null : now.plus(wait), now);
  }

  @Override
  public Optional<Delivery> find(UUID subscription, UUID event) {
    return transactions.inTransaction(() -> row(subscription, event).map(DeliveryRow::delivery));
  }

  @Override
  public List<Attempt> attempts(UUID subscription, UUID event) {
    return transactions.inTransaction(
        () -> row(subscription, event).map(DeliveryRow::attempts).orElse(List.of()));
  }

  @Override
  public Page<Delivery> page(Query query) {
    return transactions.inTransaction(
        () ->
            Page.of(
                rows(query.subscription())
                    .map(DeliveryRow::delivery)
                    .filter(it -> query.state() == null || it.state() == query.state())
                    .filter(
                        it ->
                            query.before() == null
                                || it.event().toString().compareTo(query.before().toString()) < 0)
                    .sorted(Comparator.comparing((Delivery it) -> it.event().toString()).reversed())
                    .limit(query.limit() + 1L)
                    .toList(),
                query.limit()));
  }

  @Override
  public int forgetSettled(Duration delivered, Duration dead, int atMost) {
    return transactions.inTransaction(
        () -> {
          var now = clock.instant();
          var old =
              all()
                  .filter(
                      row ->
                          isOlder(row, State.DELIVERED, now.minus(delivered))
                              || isOlder(row, State.DEAD, now.minus(dead)))
                  .limit(atMost)
                  .toList();
          old.forEach(
              gone ->
                  table
                      .rows()
                      .computeIfPresent(
                          gone.delivery().subscription(),
                          (_, rows) -> rows.stream().filter(row -> !row.equals(gone)).toList()));
          return old.size();
        });
  }

  private static boolean isOlder(DeliveryRow row, State state, Instant than) {
    var settledAt = row.delivery().settledAt();
    return row.delivery().state() == state && settledAt != null && settledAt.isBefore(than);
  }

  private Stream<DeliveryRow> all() {
    return table.rows().values().stream().flatMap(List::stream);
  }

  @Override
  public int giveUpPaused(Duration dueFor, int atMost) {
    return transactions.inTransaction(
        () -> {
          var now = clock.instant();
          var old =
              all()
                  .filter(row -> row.isDue(now.minus(dueFor).minusNanos(1)))
                  .filter(row -> isOf(row, Subscription.State.PAUSED))
                  .map(DeliveryRow::delivery)
                  .sorted(BY_DUE)
                  .limit(atMost)
                  .toList();
          old.forEach(it -> replace(it.subscription(), it.event(), row -> row.givenUp(now)));
          return old.size();
        });
  }

  private boolean isOf(DeliveryRow row, Subscription.State state) {
    return subscriptions
        .find(row.delivery().subscription(), Visibility.ALL)
        .filter(it -> it.state() == state)
        .isPresent();
  }

  private long waiting(Subscription.State state) {
    return all().filter(DeliveryRow::isWaiting).filter(row -> isOf(row, state)).count();
  }

  @Override
  public Figures figures() {
    return transactions.inTransaction(
        () -> {
          var now = clock.instant();
          return new Figures(
              waiting(Subscription.State.ACTIVE),
              waiting(Subscription.State.PAUSED),
              all().filter(row -> row.delivery().state() == State.DEAD).count(),
              subscriptions.told().stream()
                  .filter(this::goesOn)
                  .flatMap(it -> rows(it.id()))
                  .filter(row -> row.isDue(now))
                  .map(row -> Duration.between(Objects.requireNonNull(row.delivery().dueAt()), now))
                  .max(Comparator.naturalOrder())
                  .orElse(Duration.ZERO));
        });
  }
}
