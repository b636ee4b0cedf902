package io.walletsync.core.memory;

import static java.util.Comparator.comparing;

import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.wallet.Visibility;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class InMemoryAlertRules implements AlertRules {
  private final InMemoryTransactions transactions;
  private final InstantSource clock;
  private final Table<UUID, AlertRule> rows;
  private final Table<String, Long> version;
  private final Table<String, Instant> seenUntil;

  InMemoryAlertRules(InMemoryTransactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
    this.rows = transactions.table();
    this.version = transactions.table();
    this.seenUntil = transactions.table();
  }

  long version() {
    return version.rows().getOrDefault("", 0L);
  }

  private Instant now() {
    return Microseconds.cut(clock.instant());
  }

  private void move() {
    version.rows().put("", version() + 1);
  }

  @Override
  public List<AlertRule> all() {
    return transactions.inTransaction(() -> List.copyOf(rows.rows().values()));
  }

  @Override
  public AlertRule add(AlertRule rule) {
    return transactions.inTransaction(
        () -> {
          move();
          return put(with(rule, now(), rule.walkDue(), rule.lookedAt()));
        });
  }

  private AlertRule put(AlertRule rule) {
    rows.rows().put(rule.id(), rule);
    return rule;
  }

  @Override
  public Optional<AlertRule> lock(UUID id, Visibility visibility) {
    return find(id, visibility);
  }

  @Override
  public AlertRule replace(AlertRule rule) {
    return transactions.inTransaction(
        () -> {
          move();
          var before = rows.rows().get(rule.id());
          var isSame = before != null && before.revision() == rule.revision();
          return put(
              with(rule, isSame ? rule.inForceSince() : now(), rule.walkDue(), rule.lookedAt()));
        });
  }

  @Override
  public void delete(UUID id) {
    move();
    rows.rows().remove(id);
  }

  @Override
  public Map<UUID, Integer> hold(Collection<UUID> rules) {
    return rows.rows().values().stream()
        .filter(rule -> rules.contains(rule.id()) && rule.enabled())
        .collect(Collectors.toUnmodifiableMap(AlertRule::id, AlertRule::revision));
  }

  @Override
  public void walked(UUID id, int revision) {
    transactions.inTransaction(
        () -> {
          rows.rows()
              .computeIfPresent(
                  id,
                  (_, rule) ->
                      rule.revision() == revision
                          ? with(rule, rule.inForceSince(), false, now())
                          : rule);
          return Optional.empty();
        });
  }

  private static AlertRule with(
      AlertRule rule, Instant inForceSince, boolean walkDue, @Nullable Instant lookedAt) {
    return new AlertRule(
        rule.id(),
        rule.name(),
        rule.severity(),
        rule.enabled(),
        rule.scope(),
        rule.limit(),
        rule.condition(),
        rule.maker(),
        rule.revision(),
        inForceSince,
        walkDue,
        lookedAt,
        rule.createdAt(),
        rule.updatedAt());
  }

  @Override
  public Instant changesSeenUntil() {
    return transactions.inTransaction(() -> seenUntil.rows().getOrDefault("", Instant.EPOCH));
  }

  @Override
  public void seeChangesUntil(Instant until) {
    transactions.inTransaction(
        () -> {
          seenUntil.rows().put("", until);
          return Optional.empty();
        });
  }

  @Override
  public Optional<AlertRule> find(UUID id, Visibility visibility) {
    return transactions.inTransaction(
        () -> Optional.ofNullable(rows.rows().get(id)).filter(it -> it.isVisibleTo(visibility)));
  }

  @Override
  public long count() {
    return transactions.inTransaction(() -> (long) rows.rows().size());
  }

  @Override
  public long countOf(UUID maker) {
    return transactions.inTransaction(
        () -> rows.rows().values().stream().filter(it -> it.maker().key().equals(maker)).count());
  }

  @Override
  public Page<AlertRule> page(Query query) {
    return transactions.inTransaction(
        () ->
            Page.of(
                rows.rows().values().stream()
                    .filter(rule -> rule.isVisibleTo(query.visibility()))
                    .filter(rule -> query.kind() == null || rule.kind() == query.kind())
                    .filter(rule -> query.enabled() == null || rule.enabled() == query.enabled())
                    .filter(
                        rule -> query.before() == null || rule.id().compareTo(query.before()) < 0)
                    .sorted(comparing(AlertRule::id).reversed())
                    .limit(query.limit() + 1L)
                    .toList(),
                query.limit()));
  }
}
