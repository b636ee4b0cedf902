package io.walletsync.core.memory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.walletsync.core.alert.Alert;
import io.walletsync.core.alert.Alert.How;
import io.walletsync.core.alert.Alert.Resolved;
import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.alert.Alert.Subject;
import io.walletsync.core.alert.AlertTransition;
import io.walletsync.core.alert.Alerts;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.Severity;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryAlerts implements Alerts {
  private final InMemoryTransactions transactions;
  private final InMemoryAlertRules rules;
  private final InstantSource clock;
  private final Table<UUID, Alert> rows;
  private final Table<UUID, AlertTransition> steps;

  InMemoryAlerts(InMemoryTransactions transactions, InMemoryAlertRules rules, InstantSource clock) {
    this.transactions = transactions;
    this.rules = rules;
    this.clock = clock;
    this.rows = transactions.table();
    this.steps = transactions.table();
  }

  @Override
  public Watch watch(Set<WalletId> wallets) {
    return transactions.inTransaction(
        () ->
            new Watch(
                rules.version(),
                holding()
                    .filter(
                        it ->
                            it.subject() instanceof Subject.OfWallet(var wallet, _)
                                && wallets.contains(wallet))
                    .map(InMemoryAlerts::held)
                    .toList(),
                holding()
                    .filter(it -> it.kind() == AlertKind.STORM)
                    .map(Alert::ruleId)
                    .collect(toUnmodifiableSet())));
  }

  private Stream<Alert> holding() {
    return rows.rows().values().stream().filter(Alert::holds);
  }

  private static Held held(Alert alert) {
    return new Held(alert.id(), alert.ruleId(), alert.kind(), alert.subject().id());
  }

  @Override
  public Set<UUID> open(Collection<Alert> alerts) {
    var kept = new LinkedHashSet<UUID>();
    for (var alert : alerts) {
      if (!alert.holds() || holding().noneMatch(it -> isSame(it, alert))) {
        rows.rows().put(alert.id(), alert);
        kept.add(alert.id());
      }
    }
    return kept;
  }

  private static boolean isSame(Alert a, Alert b) {
    return a.ruleId().equals(b.ruleId())
        && a.kind() == b.kind()
        && a.subject().id().equals(b.subject().id());
  }

  @Override
  public List<Alert> over(Collection<Ending> endings) {
    var resolved = new ArrayList<Alert>();
    for (var ending : endings) {
      var alert = rows.rows().get(ending.alert());
      if (alert != null && alert.holds()) {
        var now = alert.over(ending.how());
        rows.rows().put(now.id(), now);
        if (alert.state() != State.RESOLVED) {
          resolved.add(now);
        }
      }
    }
    return resolved;
  }

  @Override
  public List<Alert> overOf(UUID rule, How how, Instant at, String by) {
    var resolved = new Resolved(how, at, by, null, null);
    return over(
        holding()
            .filter(it -> it.ruleId().equals(rule))
            .map(it -> new Ending(it.id(), resolved))
            .toList());
  }

  @Override
  public Optional<Alert> move(UUID id, State to, @Nullable Instant until) {
    return change(id, alert -> alert.in(to, until));
  }

  @Override
  public Optional<Alert> resolve(UUID id, Resolved how) {
    return change(id, alert -> alert.resolved(how));
  }

  private Optional<Alert> change(UUID id, UnaryOperator<Alert> change) {
    return Optional.ofNullable(rows.rows().get(id))
        .filter(alert -> alert.state() != State.RESOLVED)
        .map(change)
        .map(
            alert -> {
              rows.rows().put(alert.id(), alert);
              return alert;
            });
  }

  @Override
  public List<Alert> wake(int atMost) {
    var now = clock.instant();
    var due =
        rows.rows().values().stream()
            .filter(
                it ->
                    it.state() == State.SNOOZED
                        && it.snoozedUntil() != null
                        && !it.snoozedUntil().isAfter(now))
            .limit(atMost)
            .map(it -> it.in(State.OPEN, null))
            .toList();
    due.forEach(it -> rows.rows().put(it.id(), it));
    return due;
  }

  @Override
  public void note(Collection<AlertTransition> transitionsOfAlerts) {
    transitionsOfAlerts.forEach(it -> steps.rows().put(it.id(), it));
  }

  @Override
  public List<AlertTransition> transitions(UUID alert) {
    return transactions.inTransaction(
        () ->
            steps.rows().values().stream()
                .filter(it -> it.alertId().equals(alert))
                .sorted(comparingInt(AlertTransition::step))
                .toList());
  }

  @Override
  public List<Held> heldByRule(UUID rule) {
    return transactions.inTransaction(
        () ->
            holding()
                .filter(it -> it.ruleId().equals(rule) && it.subject().ofWallet().isEmpty())
                .map(InMemoryAlerts::held)
                .toList());
  }

  @Override
  public Map<UUID, Long> openedSince(Set<UUID> asked, Instant time) {
    return transactions.inTransaction(
        () ->
            rows.rows().values().stream()
                .filter(it -> asked.contains(it.ruleId()) && it.openedAt().isAfter(time))
                .filter(it -> it.subject().ofWallet().isPresent())
                .collect(groupingBy(Alert::ruleId, counting())));
  }

  @Override
  public Set<UUID> rulesInTrouble() {
    return transactions.inTransaction(
        () ->
            holding()
                .filter(it -> it.kind() == AlertKind.STORM || it.kind() == AlertKind.ENGINE_ERROR)
                .map(Alert::ruleId)
                .collect(toUnmodifiableSet()));
  }

  @Override
  public List<Held> holding(@Nullable UUID after, int limit) {
    return transactions.inTransaction(
        () ->
            holding()
                .filter(it -> it.subject().ofWallet().isPresent())
                .filter(it -> after == null || it.id().compareTo(after) > 0)
                .sorted(comparing(Alert::id))
                .limit(limit)
                .map(InMemoryAlerts::held)
                .toList());
  }

  @Override
  public Optional<Alert> find(UUID id, Visibility visibility) {
    return transactions.inTransaction(
        () -> Optional.ofNullable(rows.rows().get(id)).filter(it -> it.isVisibleTo(visibility)));
  }

  @Override
  public Page<Alert> page(Query query) {
    return transactions.inTransaction(
        () ->
            Page.of(
                rows.rows().values().stream()
                    .filter(it -> matches(query, it))
                    .sorted(comparing(Alert::id).reversed())
                    .limit(query.limit() + 1L)
                    .toList(),
                query.limit()));
  }

  private static boolean matches(Query query, Alert alert) {
    var wallet = alert.subject().ofWallet();
    return alert.isVisibleTo(query.visibility())
        && (query.states().isEmpty() || query.states().contains(alert.state()))
        && (query.rule() == null || query.rule().equals(alert.ruleId()))
        && (query.wallet() == null
            || wallet.filter(it -> it.wallet().equals(query.wallet())).isPresent())
        && (query.connection() == null
            || wallet.filter(it -> it.connection().equals(query.connection())).isPresent())
        && (query.kind() == null || query.kind() == alert.kind())
        && (query.severity() == null || query.severity() == alert.severity())
        && (query.before() == null || alert.id().compareTo(query.before()) < 0);
  }

  @Override
  public List<Figure> figures() {
    return transactions.inTransaction(
        () ->
            rows.rows().values().stream()
                .filter(it -> it.state() != State.RESOLVED)
                .collect(groupingBy(it -> new Group(it.kind(), it.severity()), counting()))
                .entrySet()
                .stream()
                .map(it -> new Figure(it.getKey().kind, it.getKey().severity, it.getValue()))
                .toList());
  }

  private record Group(AlertKind kind, Severity severity) {}
}
