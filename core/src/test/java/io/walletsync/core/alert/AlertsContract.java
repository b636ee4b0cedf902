package io.walletsync.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.alert.Alert.How;
import io.walletsync.core.alert.Alert.Resolved;
import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.alert.Alert.Subject;
import io.walletsync.core.alert.Alerts.Ending;
import io.walletsync.core.alert.Alerts.Held;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.Severity;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Alerts} keeps: one that holds of each, and each change once. */
public interface AlertsContract {
  Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

  Transactions transactions();

  Alerts alerts();

  @Test
  default void keepsAnAlertAsItIs() {
    var alert = alert();
    assertThat(open(alert)).containsExactly(alert.id());

    assertThat(now(alert)).isEqualTo(alert);
    assertThat(held(alert)).containsExactly(heldOf(alert));
    var whole = about(new Subject.OfRule(), Examples.id(), AlertKind.NO_SYNC, Visibility.ALL);
    var channel =
        about(
            new Subject.OfChannel(Examples.id()),
            Examples.id(),
            AlertKind.CHANNEL_SILENT,
            Visibility.ALL);
    open(whole);
    open(channel);
    assertThat(now(whole)).isEqualTo(whole);
    assertThat(now(channel)).isEqualTo(channel);
    assertThat(alerts().heldByRule(channel.ruleId())).containsExactly(heldOf(channel));
  }

  @Test
  default void oneHoldsOfEachRuleKindAndSubject() {
    var first = alert();
    open(first);
    var again = same(first, first.kind());
    var storm = same(first, AlertKind.STORM);

    assertThat(open(again, storm)).containsExactly(storm.id());
    over(first, How.BY_ITSELF);
    assertThat(open(again)).containsExactly(again.id());
    assertThat(held(first)).contains(heldOf(again)).doesNotContain(heldOf(first));
  }

  @Test
  default void ofManyThatOpenItAtOnceOneDoes() {
    var first = alert();

    var opened = Concurrently.call(8, i -> open(i == 0 ? first : same(first, first.kind())));

    assertThat(opened.stream().mapToInt(Set::size).sum()).isEqualTo(1);
  }

  @Test
  default void whatOpenedAndEndedAtOnceMakesRoom() {
    var resolved = new Resolved(How.BY_ITSELF, NOON, "alerts", null, "5.00");
    var flash = alert().over(resolved);
    var holding = same(flash, flash.kind());

    assertThat(open(flash, holding)).containsExactlyInAnyOrder(flash.id(), holding.id());
    assertThat(now(flash)).isEqualTo(flash);
  }

  @Test
  default void itIsOverOnceHoweverManySayso() {
    var alert = alert();
    open(alert);

    var ended = Concurrently.call(8, _ -> over(alert, How.BY_ITSELF));

    assertThat(ended.stream().mapToInt(List::size).sum()).isEqualTo(1);
    assertThat(now(alert).state()).isEqualTo(State.RESOLVED);
    assertThat(now(alert).holds()).isFalse();
    assertThat(held(alert)).isEmpty();
  }

  @Test
  default void whatAPersonEndedHoldsUntilItIsOver() {
    var alert = alert();
    open(alert);
    var end = new Resolved(How.PERSON, NOON, "somebody", "known", null);

    var resolved = inTransaction(() -> alerts().resolve(alert.id(), end));

    assertThat(resolved).contains(now(alert));
    assertThat(now(alert).resolved()).isEqualTo(end);
    assertThat(held(alert)).containsExactly(heldOf(alert));
    assertThat(open(same(alert, alert.kind()))).isEmpty();
    assertThat(inTransaction(() -> alerts().resolve(alert.id(), end))).isEmpty();
    assertThat(move(alert, State.ACKNOWLEDGED, null)).isEmpty();
    assertThat(over(alert, How.BY_ITSELF)).isEmpty();
    assertThat(now(alert).resolved()).isEqualTo(end);
    assertThat(now(alert).holds()).isFalse();
  }

  @Test
  default void ofAPersonAndTheConditionOneEndsIt() {
    var alert = alert();
    open(alert);
    var end = new Resolved(How.PERSON, NOON, "somebody", "known", null);

    var ended =
        Concurrently.call(
            6,
            i ->
                i % 2 == 0
                    ? over(alert, How.BY_ITSELF).size()
                    : inTransaction(() -> alerts().resolve(alert.id(), end)).isPresent() ? 1 : 0);

    assertThat(ended.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
    assertThat(now(alert).holds()).isFalse();
  }

  @Test
  default void aRulesAlertsEndTogether() {
    var rule = Examples.id();
    var open = about(wallet(), rule, AlertKind.BALANCE_BELOW, Visibility.ALL);
    var acknowledged = about(wallet(), rule, AlertKind.BALANCE_BELOW, Visibility.ALL);
    var settled = about(wallet(), rule, AlertKind.BALANCE_BELOW, Visibility.ALL);
    var foreign = alert();
    open(open, acknowledged, settled, foreign);
    move(acknowledged, State.ACKNOWLEDGED, null);
    inTransaction(
        () ->
            alerts()
                .resolve(settled.id(), new Resolved(How.PERSON, NOON, "somebody", "known", null)));

    var ended = inTransaction(() -> alerts().overOf(rule, How.RULE_CHANGED, NOON, "somebody"));

    assertThat(ended)
        .containsExactlyInAnyOrder(now(open), now(acknowledged))
        .allMatch(it -> it.resolved() != null && it.resolved().how() == How.RULE_CHANGED);
    assertThat(held(open)).isEmpty();
    assertThat(held(settled)).isEmpty();
    assertThat(held(foreign)).hasSize(1);
  }

  @Test
  default void aSnoozeThatIsOverIsOpenAgain() {
    var due = alert();
    var later = alert();
    open(due, later);
    move(due, State.SNOOZED, Instant.parse("2001-01-01T00:00:00Z"));
    move(later, State.SNOOZED, Instant.parse("2999-01-01T00:00:00Z"));

    var awake = inTransaction(() -> alerts().wake(1_000));

    assertThat(awake).contains(now(due)).doesNotContain(now(later));
    assertThat(now(due).state()).isEqualTo(State.OPEN);
    assertThat(now(due).snoozedUntil()).isNull();
    assertThat(inTransaction(() -> alerts().wake(1_000))).doesNotContain(now(due));
  }

  @Test
  default void rulesAreStormyOrInTroubleWhileThatHolds() {
    var storm = about(new Subject.OfRule(), Examples.id(), AlertKind.STORM, Visibility.ALL);
    var error = about(new Subject.OfRule(), Examples.id(), AlertKind.ENGINE_ERROR, Visibility.ALL);
    open(storm, error);

    assertThat(watch(Set.of()).stormy()).contains(storm.ruleId()).doesNotContain(error.ruleId());
    assertThat(alerts().rulesInTrouble()).contains(storm.ruleId(), error.ruleId());
    over(storm, How.BY_ITSELF);
    assertThat(watch(Set.of()).stormy()).doesNotContain(storm.ruleId());
  }

  @Test
  default void eachStepCountsOnce() {
    var alert = alert();
    open(alert);
    var end = new Resolved(How.PERSON, NOON, "somebody", "known", null);
    assertThat(now(alert).step()).isEqualTo(1);

    Concurrently.call(8, _ -> move(alert, State.ACKNOWLEDGED, null));
    assertThat(now(alert).step()).isEqualTo(9);
    move(alert, State.SNOOZED, Instant.parse("2001-01-01T00:00:00Z"));
    inTransaction(() -> alerts().wake(1_000));
    assertThat(now(alert).step()).isEqualTo(11);
    inTransaction(() -> alerts().resolve(alert.id(), end));
    assertThat(now(alert).step()).isEqualTo(12);
    over(alert, How.BY_ITSELF);
    assertThat(now(alert).step()).as("nobody is told that it is over").isEqualTo(12);
    var other = alert();
    open(other);
    inTransaction(() -> alerts().overOf(other.ruleId(), How.RULE_CHANGED, NOON, "somebody"));
    assertThat(now(other).step()).isEqualTo(2);
  }

  @Test
  default void countsWhatARuleOpenedLately() {
    var rule = Examples.id();
    var quiet = Examples.id();
    var first = about(wallet(), rule, AlertKind.BALANCE_BELOW, Visibility.ALL);
    open(
        first,
        about(wallet(), rule, AlertKind.BALANCE_BELOW, Visibility.ALL),
        about(new Subject.OfRule(), rule, AlertKind.STORM, Visibility.ALL),
        alert());
    over(first, How.BY_ITSELF);
    var rules = Set.of(rule, quiet);

    assertThat(alerts().openedSince(rules, NOON.minusNanos(1_000)))
        .containsOnly(Map.entry(rule, 2L));
    assertThat(alerts().openedSince(rules, NOON)).isEmpty();
  }

  @Test
  default void stepsAreKeptInTheirOrder() {
    var alert = alert();
    open(alert);
    var first =
        new AlertTransition(
            Examples.id(), alert.id(), 1, State.OPEN, NOON, "alerts", null, null, null);
    var second =
        new AlertTransition(
            Examples.id(),
            alert.id(),
            2,
            State.SNOOZED,
            NOON,
            "me",
            null,
            "later",
            NOON.plusSeconds(9));
    var third =
        new AlertTransition(
            Examples.id(), alert.id(), 3, State.RESOLVED, NOON, "me", How.PERSON, "done", null);

    inTransaction(
        () -> {
          alerts().note(List.of(third, second));
          alerts().note(List.of(first));
          return true;
        });

    assertThat(alerts().transitions(alert.id())).containsExactly(first, second, third);
  }

  @Test
  default void theyAreListedNewestFirstAndFiltered() {
    var wallet = wallet();
    var below = about(wallet, Examples.id(), AlertKind.BALANCE_BELOW, seen(wallet));
    var stale = about(wallet, Examples.id(), AlertKind.BALANCE_STALE, seen(wallet));
    var foreign = alert();
    open(below, stale, foreign);
    move(stale, State.ACKNOWLEDGED, null);

    assertThat(ids(query(wallet.wallet()).page())).containsExactly(stale.id(), below.id());
    assertThat(ids(query(wallet.wallet()).states(Set.of(State.OPEN)).page()))
        .containsExactly(below.id());
    assertThat(ids(query(wallet.wallet()).states(Set.of(State.OPEN, State.ACKNOWLEDGED)).page()))
        .containsExactly(stale.id(), below.id());
    assertThat(ids(query(wallet.wallet()).before(stale.id()).page())).containsExactly(below.id());
    assertThat(ids(query(null).visibleTo(seen(wallet)).page()))
        .containsExactly(stale.id(), below.id());
    assertThat(alerts().find(foreign.id(), seen(wallet))).isEmpty();
    assertThat(alerts().find(below.id(), seen(wallet))).isPresent();
  }

  @Test
  default void whatHoldsIsWalkedInParts() {
    var first = alert();
    var second = alert();
    open(first, second);

    var found = new ArrayList<Held>();
    @Nullable UUID after = null;
    List<Held> part;
    do {
      part = alerts().holding(after, 2);
      found.addAll(part);
      after = part.isEmpty() ? after : part.getLast().alert();
    } while (part.size() == 2);

    assertThat(found).contains(heldOf(first), heldOf(second)).doesNotHaveDuplicates();
  }

  @Test
  default void countsWhatIsNotResolved() {
    var before = unresolved();
    var alert = alert();
    open(alert);
    assertThat(unresolved()).isEqualTo(before + 1);
    over(alert, How.BY_ITSELF);
    assertThat(unresolved()).isEqualTo(before);
  }

  private long unresolved() {
    return alerts().figures().stream()
        .filter(it -> it.kind() == AlertKind.BALANCE_BELOW && it.severity() == Severity.WARNING)
        .mapToLong(Alerts.Figure::unresolved)
        .sum();
  }

  private Listing query(@Nullable WalletId wallet) {
    return new Listing(this, Visibility.ALL, Set.of(), wallet, null);
  }

  /** A listing to vary. */
  record Listing(
      AlertsContract contract,
      Visibility visibility,
      Set<State> states,
      @Nullable WalletId wallet,
      @Nullable UUID before) {
    Listing states(Set<State> wanted) {
      return new Listing(contract, visibility, wanted, wallet, before);
    }

    Listing before(UUID last) {
      return new Listing(contract, visibility, states, wallet, last);
    }

    Listing visibleTo(Visibility caller) {
      return new Listing(contract, caller, states, wallet, before);
    }

    List<Alert> page() {
      return contract
          .alerts()
          .page(new Alerts.Query(visibility, states, null, wallet, null, null, null, before, 100))
          .items();
    }
  }

  private static List<UUID> ids(List<Alert> alerts) {
    return alerts.stream().map(Alert::id).toList();
  }

  private Set<UUID> open(Alert... alerts) {
    return inTransaction(() -> alerts().open(List.of(alerts)));
  }

  private List<Alert> over(Alert alert, How how) {
    var resolved = new Resolved(how, NOON.plus(Duration.ofHours(1)), "alerts", null, "7.00");
    return inTransaction(() -> alerts().over(List.of(new Ending(alert.id(), resolved))));
  }

  private Optional<Alert> move(Alert alert, State to, @Nullable Instant until) {
    return inTransaction(() -> alerts().move(alert.id(), to, until));
  }

  private List<Held> held(Alert alert) {
    return watch(
            alert.subject().ofWallet().stream()
                .map(Subject.OfWallet::wallet)
                .collect(Collectors.toSet()))
        .held()
        .stream()
        .filter(it -> it.rule().equals(alert.ruleId()))
        .toList();
  }

  private Alerts.Watch watch(Set<WalletId> wallets) {
    return inTransaction(() -> alerts().watch(wallets));
  }

  private <T> T inTransaction(Supplier<T> work) {
    return transactions().inTransaction(work);
  }

  private Alert now(Alert alert) {
    return alerts().find(alert.id(), Visibility.ALL).orElseThrow();
  }

  private static Held heldOf(Alert alert) {
    return new Held(alert.id(), alert.ruleId(), alert.kind(), alert.subject().id());
  }

  private static Subject.OfWallet wallet() {
    return new Subject.OfWallet(new WalletId(Examples.id()), new ConnectionId(Examples.id()));
  }

  private static Visibility seen(Subject.OfWallet wallet) {
    return new Visibility(Set.of(wallet.connection().value()));
  }

  private static Alert alert() {
    var wallet = wallet();
    return about(wallet, Examples.id(), AlertKind.BALANCE_BELOW, seen(wallet));
  }

  private static Alert same(Alert alert, AlertKind kind) {
    return about(alert.subject(), alert.ruleId(), kind, alert.visibleTo());
  }

  private static Alert about(Subject subject, UUID rule, AlertKind kind, Visibility visibleTo) {
    return new Alert(
        Examples.id(),
        rule,
        3,
        "A 'rule' ẹ",
        kind,
        Severity.WARNING,
        subject,
        visibleTo,
        State.OPEN,
        true,
        Examples.NGN,
        null,
        "99.50",
        "100.00",
        NOON,
        null,
        null,
        1);
  }
}
