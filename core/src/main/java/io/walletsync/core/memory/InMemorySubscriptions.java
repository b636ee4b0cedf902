package io.walletsync.core.memory;

import io.walletsync.core.channel.WebhookSecret;
import io.walletsync.core.delivery.Delivery;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.subscription.Subscription.Health;
import io.walletsync.core.subscription.Subscription.State;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

final class InMemorySubscriptions implements Subscriptions {
  private final InMemoryTransactions transactions;
  private final Table<UUID, Subscription> table;
  private final Table<UUID, List<Secret>> secrets;
  private final Table<UUID, List<DeliveryRow>> deliveries;
  private final InstantSource clock;

  InMemorySubscriptions(
      InMemoryTransactions transactions,
      Table<UUID, List<DeliveryRow>> deliveries,
      InstantSource clock) {
    this.transactions = transactions;
    this.table = transactions.table();
    this.secrets = transactions.table();
    this.deliveries = deliveries;
    this.clock = clock;
  }

  @Override
  public void add(Subscription subscription) {
    table.rows().put(subscription.id(), subscription);
  }

  @Override
  public Optional<Subscription> find(UUID id, Visibility visibility) {
    return transactions.inTransaction(
        () -> Optional.ofNullable(table.rows().get(id)).filter(it -> sees(visibility, it)));
  }

  private static boolean sees(Visibility visibility, Subscription subscription) {
    var limit = subscription.limit().connections();
    return visibility.connections() == null
        || (limit != null && visibility.connections().containsAll(limit));
  }

  @Override
  public Optional<Subscription> lock(UUID id, Visibility visibility) {
    return find(id, visibility);
  }

  @Override
  public void update(Subscription next) {
    table
        .rows()
        .computeIfPresent(
            next.id(), (_, before) -> with(next, before.since(), healthAfter(before, next)));
  }

  private static Health healthAfter(Subscription before, Subscription next) {
    var health = before.health();
    return before.state() != State.ACTIVE && next.state() == State.ACTIVE
        ? new Health(health.lastSuccessAt(), health.lastFailureAt(), null, null)
        : health;
  }

  @Override
  public void remove(Subscription subscription) {
    table.rows().remove(subscription.id());
    secrets.rows().remove(subscription.id());
    deliveries.rows().remove(subscription.id());
  }

  @Override
  public Instant addSecret(UUID id, WebhookSecret secret, Instant previousExpiresAt) {
    var all = new ArrayList<Secret>();
    all.add(new Secret(secret, null));
    secrets.rows().getOrDefault(id, List.of()).stream()
        .filter(it -> it.isValid(clock.instant()))
        .reduce((_, older) -> older)
        .map(oldest -> oldest.until(previousExpiresAt))
        .ifPresent(all::add);
    secrets.rows().put(id, all);
    return Objects.requireNonNullElse(all.getLast().expiresAt(), previousExpiresAt);
  }

  @Override
  public List<WebhookSecret> secrets(UUID id) {
    return transactions.inTransaction(
        () ->
            secrets.rows().getOrDefault(id, List.of()).stream()
                .filter(it -> it.isValid(clock.instant()))
                .map(Secret::value)
                .toList());
  }

  @Override
  public Page<Subscription> page(Query query) {
    return transactions.inTransaction(
        () ->
            Page.of(
                table.rows().values().stream()
                    .filter(it -> sees(query.visibility(), it))
                    .filter(it -> query.state() == null || it.state() == query.state())
                    .filter(
                        it ->
                            query.before() == null
                                || it.id().toString().compareTo(query.before().toString()) < 0)
                    .sorted(
                        Comparator.comparing((Subscription it) -> it.id().toString()).reversed())
                    .limit(query.limit() + 1L)
                    .toList(),
                query.limit()));
  }

  @Override
  public List<Subscription> told() {
    return transactions.inTransaction(
        () -> table.rows().values().stream().filter(it -> it.state() != State.DISABLED).toList());
  }

  @Override
  public long count() {
    return transactions.inTransaction(() -> (long) table.rows().size());
  }

  @Override
  public void succeeded(UUID id) {
    health(
        id,
        health -> new Health(clock.instant(), health.lastFailureAt(), null, health.quietUntil()));
  }

  @Override
  public Duration failed(UUID id, @Nullable Duration quietFor) {
    var now = clock.instant();
    health(
        id,
        health ->
            new Health(
                health.lastSuccessAt(),
                now,
                health.failingSince() == null ? now : health.failingSince(),
                quietFor == null ? health.quietUntil() : now.plus(quietFor)));
    var row = table.rows().get(id);
    var since = row == null ? null : row.health().failingSince();
    return since == null ? Duration.ZERO : Duration.between(since, now);
  }

  private void health(UUID id, UnaryOperator<Health> change) {
    table
        .rows()
        .computeIfPresent(id, (_, row) -> with(row, row.since(), change.apply(row.health())));
  }

  private static Subscription with(Subscription it, Place since, Health health) {
    return new Subscription(
        it.id(),
        it.name(),
        it.channel(),
        it.filter(),
        it.limit(),
        it.state(),
        it.disabledReason(),
        it.disabledAt(),
        since,
        it.createdAt(),
        it.updatedAt(),
        health);
  }

  @Override
  public List<Subscription> silentFor(Duration duration) {
    return transactions.inTransaction(
        () -> {
          var before = clock.instant().minus(duration);
          return table.rows().values().stream()
              .filter(it -> it.state() != State.PAUSED)
              .filter(
                  it ->
                      Objects.requireNonNullElse(it.health().lastSuccessAt(), it.createdAt())
                          .isBefore(before))
              .filter(
                  it ->
                      it.state() == State.DISABLED
                          || isBefore(it.health().failingSince(), before)
                          || deliveries.rows().getOrDefault(it.id(), List.of()).stream()
                              .anyMatch(
                                  row ->
                                      row.waitingSince().isBefore(before)
                                          && (row.isWaiting() || diedSince(row, it.health()))))
              .toList();
        });
  }

  private static boolean isBefore(@Nullable Instant time, Instant other) {
    return time != null && time.isBefore(other);
  }

  /** Not what was given up without an attempt, because nobody wanted it. */
  private static boolean diedSince(DeliveryRow row, Health health) {
    var delivery = row.delivery();
    var settledAt = delivery.settledAt();
    return delivery.state() == Delivery.State.DEAD
        && delivery.failures() > 0
        && settledAt != null
        && (health.lastSuccessAt() == null || settledAt.isAfter(health.lastSuccessAt()));
  }

  private record Secret(WebhookSecret value, @Nullable Instant expiresAt) {
    boolean isValid(Instant at) {
      return expiresAt == null || at.isBefore(expiresAt);
    }

    Secret until(Instant end) {
      return expiresAt != null && expiresAt.isBefore(end) ? this : new Secret(value, end);
    }
  }
}
