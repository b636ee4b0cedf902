package io.walletsync.core.alert;

import static io.walletsync.core.alert.AlertWorld.below;
import static io.walletsync.core.alert.AlertWorld.condition;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.alert.Alert.How;
import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.alert.SettleAlert.Decision;
import io.walletsync.core.judgement.ChannelSilence;
import io.walletsync.core.judgement.Runways;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.money.Money;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertScope;
import io.walletsync.core.rule.Condition;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The life of alerts, from what opens them to what ends them. */
final class AlertLifeTest {
  private final AlertWorld world = new AlertWorld();

  @Test
  void anAlertKeepsWhatWasBeforeAndWhatOpenedIt() {
    var wallet = world.wallet();
    var rule = world.rule(below("100", "150"));
    world.read(wallet, "120");
    world.read(wallet, "99.5");

    var alert = only(rule);

    assertThat(alert.previous()).isEqualTo("120.00");
    assertThat(alert.current()).isEqualTo("99.50");
    assertThat(alert.limit()).isEqualTo("100.00");
    assertThat(alert.state()).isEqualTo(State.OPEN);
    assertThat(world.codes()).containsExactly("alert.opened");
    assertThat(world.events().getFirst().facts())
        .containsEntry("alert_id", alert.id().toString())
        .containsEntry("kind", "balance_below")
        .containsEntry("current", "99.50")
        .containsEntry("currency", "NGN");
    assertThat(world.storage.alerts().transitions(alert.id()))
        .extracting(AlertTransition::to)
        .containsExactly(State.OPEN);
  }

  @Test
  void betweenThresholdAndClearingNothingHappens() {
    var wallet = world.wallet();
    var rule = world.rule(below("100", "150"));
    world.read(wallet, "99");
    world.read(wallet, "120");
    world.read(wallet, "149.99");
    assertThat(world.unresolved(rule)).hasSize(1);

    world.read(wallet, "150");

    assertThat(only(rule).state()).isEqualTo(State.RESOLVED);
    assertThat(end(only(rule)).how()).isEqualTo(How.BY_ITSELF);
    assertThat(end(only(rule)).value()).isEqualTo("150.00");
    world.read(wallet, "120");
    assertThat(world.alerts(rule)).hasSize(1);
  }

  @Test
  void whatIsLowWhenARuleIsMadeOpensAtOnceOrInTheNextRound() {
    var wallet = world.wallet();
    world.read(wallet, "10");

    var ofOne = world.rule(AlertScope.of(wallet.id()), below("100", "100"));
    var ofAll = world.rule(below("100", "100"));
    assertThat(world.unresolved(ofOne)).hasSize(1);
    assertThat(world.unresolved(ofAll)).isEmpty();
    world.tick();

    assertThat(world.unresolved(ofAll)).hasSize(1);
    world.tick();
    assertThat(world.alerts(ofAll)).hasSize(1);
  }

  @Test
  void aRuleThatIsChangedEndsItsAlertsAndMeetsTheBalancesAnew() {
    var wallet = world.wallet();
    var rule = world.rule(AlertScope.of(wallet.id()), below("100", "100"));
    world.read(wallet, "50");

    world.change(rule, null, below("60", "60"));

    assertThat(world.alerts(rule))
        .extracting(Alert::state)
        .containsExactly(State.RESOLVED, State.OPEN);
    assertThat(end(world.alerts(rule).getFirst()).how()).isEqualTo(How.RULE_CHANGED);
    world.change(rule, false, null);
    assertThat(world.unresolved(rule)).isEmpty();
    assertThat(end(world.alerts(rule).getLast()).how()).isEqualTo(How.RULE_DISABLED);
    world.read(wallet, "40");
    world.tick();
    assertThat(world.unresolved(rule)).isEmpty();
    world.change(rule, true, null);
    assertThat(world.unresolved(rule)).hasSize(1);
    world.delete(rule);
    assertThat(end(world.alerts(rule).getLast()).how()).isEqualTo(How.RULE_DELETED);
    assertThat(world.codes().stream().filter("alert.resolved"::equals)).hasSize(3);
  }

  @Test
  void anotherNameEndsNothing() {
    var wallet = world.wallet();
    var rule = world.rule(below("100", "100"));
    world.read(wallet, "50");

    var renamed = world.rename(rule, "Another name");
    world.read(wallet, "40");

    assertThat(renamed.revision()).isEqualTo(1);
    assertThat(only(rule).ruleName()).isEqualTo("A rule");
    assertThat(only(rule).state()).isEqualTo(State.OPEN);
  }

  @Test
  void aPersonAcknowledgesSnoozesAndResolvesAndEachIsAudited() {
    var wallet = world.wallet();
    var rule = world.rule(below("100", "100"));
    world.read(wallet, "50");
    var alert = only(rule);

    world.settle(alert, new Decision.Acknowledge("mine"));
    assertThat(only(rule).state()).isEqualTo(State.ACKNOWLEDGED);
    var until = Microseconds.cut(world.clock.instant().plus(Duration.ofHours(1)));
    world.settle(alert, new Decision.Snooze(until, null));
    assertThat(only(rule).snoozedUntil()).isEqualTo(until);
    world.clock.advance(Duration.ofMinutes(59));
    world.tick();
    assertThat(only(rule).state()).isEqualTo(State.SNOOZED);
    world.clock.advance(Duration.ofMinutes(1));
    world.tick();
    assertThat(only(rule).state()).isEqualTo(State.OPEN);
    assertThat(world.events().getLast().facts()).containsEntry("reminder", "true");
    world.settle(alert, new Decision.Resolve("topped up elsewhere"));

    assertThat(end(only(rule)).note()).isEqualTo("topped up elsewhere");
    assertThat(end(only(rule)).by()).isEqualTo(AlertWorld.ACTOR.name());
    assertThat(world.settle(alert, new Decision.Acknowledge(null)))
        .isInstanceOf(SettleAlert.Outcome.AlreadyResolved.class);
    assertThat(world.storage.alerts().transitions(alert.id()))
        .extracting(AlertTransition::to)
        .containsExactly(State.OPEN, State.ACKNOWLEDGED, State.SNOOZED, State.OPEN, State.RESOLVED);
    for (var action : List.of("acknowledge_alert", "snooze_alert", "resolve_alert")) {
      assertThat(world.audited(action)).as(action).hasSize(1);
    }
  }

  @Test
  void whatAPersonResolvedComesBackOnlyAfterItWasOverOnce() {
    var wallet = world.wallet();
    var rule = world.rule(below("100", "100"));
    world.read(wallet, "50");
    world.settle(only(rule), new Decision.Resolve("known"));

    world.read(wallet, "40");
    world.tick();
    assertThat(world.alerts(rule)).hasSize(1);
    world.read(wallet, "200");
    assertThat(world.codes()).containsExactly("alert.opened", "alert.resolved");
    assertThat(end(only(rule)).how()).isEqualTo(How.PERSON);
    world.read(wallet, "40");

    assertThat(world.alerts(rule)).hasSize(2);
    assertThat(world.unresolved(rule)).hasSize(1);
  }

  @Test
  void aSnoozeIsOverInTimeAndNotForEver() {
    var wallet = world.wallet();
    var rule = world.rule(below("100", "100"));
    world.read(wallet, "50");

    for (var until :
        List.of(
            world.clock.instant(),
            world.clock.instant().minusSeconds(1),
            world.clock.instant().plus(Duration.ofDays(367)))) {
      assertThat(world.settle(only(rule), new Decision.Snooze(until, null)))
          .isInstanceOf(SettleAlert.Outcome.UntilOutOfRange.class);
    }
  }

  @Test
  void aWalletThatIsClosedOrLeavesTheScopeTakesItsAlertsAlong() {
    var closed = world.wallet();
    var leaving = with(world.wallet(), Map.of("team", "payroll"));
    var scope =
        new AlertScope(null, null, null, null, null, Metadata.of(Map.of("team", "payroll")));
    var ofTeam = world.rule(scope, below("100", "100"));
    var ofAll = world.rule(below("100", "100"));
    world.read(closed, "1");
    world.read(leaving, "1");
    assertThat(world.unresolved(ofAll)).hasSize(2);

    world.storage.wallets().update(closed.closed(world.clock.instant()));
    with(leaving, Map.of("team", "sales"));
    world.tick();

    assertThat(end(only(ofTeam)).how()).isEqualTo(How.LEFT_SCOPE);
    assertThat(world.alerts(ofAll))
        .extracting(it -> it.resolved() == null ? null : it.resolved().how())
        .containsExactlyInAnyOrder(How.WALLET_CLOSED, null);
  }

  @Test
  void aWalletThatComesIntoAScopeIsMetAsItIs() {
    var wallet = world.wallet();
    var scope =
        new AlertScope(null, null, null, null, null, Metadata.of(Map.of("team", "payroll")));
    var rule = world.rule(scope, below("100", "100"));
    world.read(wallet, "1");
    world.tick();
    assertThat(world.alerts(rule)).isEmpty();

    with(wallet, Map.of("team", "payroll", "more", "of it"));
    world.tick();

    assertThat(world.unresolved(rule)).hasSize(1);
  }

  private Wallet with(Wallet wallet, Map<String, String> metadata) {
    var changed =
        new Wallet(
            wallet.id(),
            wallet.connectionId(),
            wallet.provider(),
            wallet.providerAccountId(),
            wallet.currency(),
            wallet.ownerId(),
            wallet.providerCustomerId(),
            Metadata.of(metadata),
            wallet.status(),
            wallet.createdAt(),
            world.clock.instant());
    world.storage.wallets().update(changed);
    return changed;
  }

  @Test
  void aStormIsOneAlertUntilItIsOverAndThenOpensWhatIsLeft() {
    var wallets = IntStream.range(0, 201).mapToObj(_ -> world.wallet()).toList();
    var rule = world.rule(below("100", "100"));
    var low = new HashMap<Wallet, String>();
    wallets.forEach(it -> low.put(it, "10"));

    world.readTogether(low);

    assertThat(only(rule).kind()).isEqualTo(AlertKind.STORM);
    assertThat(only(rule).current()).isEqualTo("201");
    assertThat(world.codes()).containsExactly("alert.opened");
    world.read(wallets.getFirst(), "9");
    world.tick();
    assertThat(world.alerts(rule)).as("while it storms").hasSize(1);

    world.read(wallets.getFirst(), "100");
    assertThat(world.alerts(rule)).hasSize(1);
    world.tick();

    assertThat(world.unresolved(rule)).hasSize(200).allMatch(it -> it.kind() == rule.kind());
    assertThat(end(world.alerts(rule).getFirst()).how()).isEqualTo(How.BY_ITSELF);
    world.clock.advance(Duration.ofSeconds(61));
    world.read(wallets.getFirst(), "1");
    assertThat(world.unresolved(rule)).hasSize(201);
  }

  @Test
  void manySmallRecordingsWithinAMinuteAreAStormToo() {
    var wallets = IntStream.range(0, 230).mapToObj(_ -> world.wallet()).toList();
    var rule = world.rule(below("100", "100"));
    var low = new HashMap<Wallet, String>();
    wallets.subList(0, 150).forEach(it -> low.put(it, "10"));
    world.readTogether(low);
    low.clear();
    wallets.subList(150, 200).forEach(it -> low.put(it, "10"));
    world.readTogether(low);
    assertThat(world.unresolved(rule)).hasSize(200).allMatch(it -> it.kind() == rule.kind());

    world.read(wallets.get(200), "10");
    for (var wallet : wallets.subList(201, 230)) {
      world.read(wallet, "10");
    }

    var storm = world.alerts(rule).getLast();
    assertThat(storm.kind()).isEqualTo(AlertKind.STORM);
    assertThat(storm.current()).isEqualTo("201");
    assertThat(world.alerts(rule)).as("while it storms").hasSize(201);
    world.tick();
    assertThat(world.alerts(rule)).as("within the same minute").hasSize(201);

    world.clock.advance(Duration.ofSeconds(61));
    world.tick();

    assertThat(world.now(storm).state()).isEqualTo(State.RESOLVED);
    assertThat(world.unresolved(rule)).hasSize(230).allMatch(it -> it.kind() == rule.kind());
  }

  @Test
  void whatOpenedLongerAgoIsNoPartOfAStorm() {
    var wallets = IntStream.range(0, 210).mapToObj(_ -> world.wallet()).toList();
    var rule = world.rule(below("100", "100"));
    var low = new HashMap<Wallet, String>();
    wallets.subList(0, 200).forEach(it -> low.put(it, "10"));
    world.readTogether(low);

    world.clock.advance(Duration.ofSeconds(60));
    wallets.subList(200, 210).forEach(it -> world.read(it, "10"));

    assertThat(world.unresolved(rule)).hasSize(210).allMatch(it -> it.kind() == rule.kind());
  }

  @Test
  void twoHundredAtOnceAreNoStorm() {
    var low = new HashMap<Wallet, String>();
    IntStream.range(0, 200).forEach(_ -> low.put(world.wallet(), "10"));
    world.readTogether(low);

    var rule = world.rule(below("100", "100"));
    world.tick();

    assertThat(world.unresolved(rule)).hasSize(200).allMatch(it -> it.kind() == rule.kind());
  }

  @Test
  void aNewRuleThatStormsOpensNothingElse() {
    var low = new HashMap<Wallet, String>();
    IntStream.range(0, 230).forEach(_ -> low.put(world.wallet(), "10"));
    world.readTogether(low);

    var rule = world.rule(below("100", "100"));
    world.tick();
    world.tick();

    assertThat(only(rule).kind()).isEqualTo(AlertKind.STORM);
    assertThat(only(rule).current()).isEqualTo("230");
  }

  @Test
  void aRuleThatCannotBeReadStopsNoBalanceAndIsAnAlertItself() {
    var wallet = world.wallet();
    var broken =
        world.rule(
            new Condition.Unreadable(
                AlertKind.BALANCE_BELOW, new TreeMap<>(Map.of("kind", "balance_below"))));
    var sound = world.rule(below("100", "100"));

    world.read(wallet, "10");

    assertThat(world.storage.allSnapshots()).hasSize(1);
    assertThat(world.unresolved(sound)).hasSize(1);
    assertThat(only(broken).kind()).isEqualTo(AlertKind.ENGINE_ERROR);
    assertThat(world.failures).isNotEmpty();
    world.read(wallet, "9");
    world.tick();
    assertThat(world.alerts(broken)).hasSize(1);

    world.change(broken, null, below("50", "50"));
    world.tick();
    assertThat(world.alerts(broken))
        .extracting(Alert::kind)
        .containsExactly(AlertKind.ENGINE_ERROR, AlertKind.BALANCE_BELOW);
  }

  @Test
  void aRuleWhoseEvaluationBreaksStopsNoBalanceEither() {
    var wallet = world.wallet();
    // a defect: the two amounts of one condition cannot both be compared with a balance
    var broken =
        world.rule(
            new Condition.BalanceBelow(
                Examples.naira("100"), new Money(new BigDecimal("100"), Examples.GHS)));

    world.read(wallet, "500");

    assertThat(world.storage.allSnapshots()).hasSize(1);
    assertThat(only(broken).kind()).isEqualTo(AlertKind.ENGINE_ERROR);
  }

  @Test
  void aBalanceThatNobodyConfirmsIsStaleAlsoIfThereWasNever() {
    var never = world.wallet();
    var known = world.wallet();
    var paused = world.wallet();
    var rule = world.rule(condition("kind", "balance_stale", "after", "PT2H"));
    var bySchedule = world.rule(condition("kind", "balance_stale"));
    world.read(known, "10");
    pause(paused);
    world.tick();
    assertThat(subjects(rule)).isEmpty();
    assertThat(subjects(bySchedule)).containsExactly(never.id().value());

    world.clock.advance(Duration.ofHours(2));
    world.tick();
    assertThat(subjects(rule)).containsExactlyInAnyOrder(never.id().value());
    world.clock.advance(Duration.ofSeconds(2));
    world.tick();
    assertThat(subjects(rule)).containsExactlyInAnyOrder(never.id().value(), known.id().value());

    world.read(known, "10");
    world.tick();
    assertThat(subjects(rule)).containsExactly(never.id().value());
  }

  private void pause(Wallet wallet) {
    world
        .storage
        .wallets()
        .update(
            new Wallet(
                wallet.id(),
                wallet.connectionId(),
                wallet.provider(),
                wallet.providerAccountId(),
                wallet.currency(),
                null,
                null,
                Metadata.NONE,
                Wallet.Status.PAUSED,
                wallet.createdAt(),
                world.clock.instant()));
  }

  @Test
  void noSyncAtAllIsOneAlertAboutEverything() {
    var wallet = world.wallet();
    world.wallet();
    var rule = world.rule(condition("kind", "no_sync", "after", "PT10M"));
    world.read(wallet, "10");
    world.tick();
    assertThat(world.alerts(rule)).isEmpty();

    world.clock.advance(Duration.ofMinutes(11));
    world.tick();
    world.tick();
    assertThat(only(rule).subject()).isInstanceOf(Alert.Subject.OfRule.class);
    assertThat(only(rule).state()).isEqualTo(State.OPEN);

    world.read(wallet, "10");
    world.tick();
    assertThat(only(rule).state()).isEqualTo(State.RESOLVED);
  }

  @Test
  void aSilentChannelAndAShortRunwayAreToldByTheirPorts() {
    var wallet = world.wallet();
    world.read(wallet, "10");
    var channel = Examples.id();
    var silent = world.rule(condition("kind", "channel_silent", "after", "PT1H"));
    var runway = world.rule(condition("kind", "runway_below", "limit", "P7D"));
    world.silent.add(new ChannelSilence.Silent(channel, Visibility.ALL, world.clock.instant()));
    world.runways.put(wallet.id(), new Runways.Lasting(Duration.ofDays(6)));

    world.tick();
    assertThat(only(silent).subject().id()).isEqualTo(channel);
    assertThat(only(runway).current()).isEqualTo("PT144H");

    world.silent.clear();
    world.runways.put(wallet.id(), new Runways.Lasting(Duration.ofDays(7)));
    world.tick();
    assertThat(only(silent).state()).isEqualTo(State.RESOLVED);
    assertThat(only(runway).state()).as("not looked at in every round").isEqualTo(State.OPEN);

    world.clock.advance(Duration.ofMinutes(11));
    world.tick();
    assertThat(only(runway).state()).isEqualTo(State.RESOLVED);
  }

  @Test
  void howLongMoneyLastsIsNotJudgedByWhatNobodyKnows() {
    var wallet = world.wallet();
    world.read(wallet, "10");
    var rule = world.rule(condition("kind", "runway_below", "limit", "P7D"));
    world.runways.put(wallet.id(), new Runways.Lasting(Duration.ofDays(6)));
    world.clock.advance(Duration.ofMinutes(16));
    world.tick();
    assertThat(world.alerts(rule)).as("the balance is old").isEmpty();

    world.read(wallet, "10");
    world.clock.advance(Duration.ofMinutes(11));
    world.tick();
    assertThat(only(rule).state()).isEqualTo(State.OPEN);

    world.runways.put(wallet.id(), new Runways.Lasting(null));
    world.clock.advance(Duration.ofMinutes(11));
    world.tick();
    assertThat(only(rule).state()).as("the balance is old again").isEqualTo(State.OPEN);

    world.read(wallet, "10");
    world.runways.remove(wallet.id());
    world.clock.advance(Duration.ofMinutes(11));
    world.tick();
    assertThat(only(rule).state()).as("nobody can tell").isEqualTo(State.OPEN);

    world.runways.put(wallet.id(), new Runways.Lasting(null));
    world.clock.advance(Duration.ofMinutes(1));
    world.read(wallet, "10");
    world.clock.advance(Duration.ofMinutes(11));
    world.tick();
    assertThat(only(rule).state()).as("no end is in sight").isEqualTo(State.RESOLVED);
  }

  @Test
  void whoSeesLessChangesNoRuleOfWhoSeesMore() {
    var wallet = world.wallet();
    var limited = new Visibility(Set.of(wallet.connectionId().value()));
    var wider = new Visibility(Set.of(wallet.connectionId().value(), Examples.id()));
    var scope = AlertScope.of(wallet.id());
    var ofEverybody = world.rule(scope, below("100", "100"));
    var ofWider = ((RuleOutcome.Kept) world.create(wider, scope, below("100", "100"))).rule();
    var ofEqual = ((RuleOutcome.Kept) world.create(limited, scope, below("100", "100"))).rule();
    var other = Examples.actor();

    for (var rule : List.of(ofEverybody, ofWider)) {
      assertThat(world.disable(other, limited, rule))
          .isInstanceOf(RuleOutcome.OfSomebodyElse.class);
      assertThat(world.delete(other, limited, rule))
          .isInstanceOf(DeleteAlertRule.Outcome.OfSomebodyElse.class);
    }
    assertThat(world.disable(AlertWorld.ACTOR, limited, ofWider))
        .as("its own, made when the key saw more")
        .isInstanceOf(RuleOutcome.Kept.class);
    assertThat(world.disable(other, limited, ofEqual)).isInstanceOf(RuleOutcome.Kept.class);
    assertThat(world.delete(other, Visibility.ALL, ofWider))
        .isInstanceOf(DeleteAlertRule.Outcome.Deleted.class);
  }

  @Test
  void aLimitedKeyLeavesRoomForOthers() {
    var limited = new Visibility(Set.of(world.wallet().connectionId().value()));
    for (var i = 0; i < CreateAlertRule.MOST_OF_A_LIMITED_KEY; i++) {
      assertThat(world.create(limited, AlertScope.ALL, below("1", "1")))
          .isInstanceOf(RuleOutcome.Kept.class);
    }

    assertThat(world.create(limited, AlertScope.ALL, below("1", "1")))
        .isEqualTo(new RuleOutcome.TooMany(CreateAlertRule.MOST_OF_A_LIMITED_KEY));
    assertThat(world.create(Visibility.ALL, AlertScope.ALL, below("1", "1")))
        .isInstanceOf(RuleOutcome.Kept.class);
  }

  @Test
  void aLimitedCallersRuleStaysWithinItsConnections() {
    var own = world.wallet();
    var foreign = world.storage.wallets().addOrLock(Examples.wallet(Examples.connection()));
    var caller = new Visibility(Set.of(own.connectionId().value()));

    var rule =
        ((RuleOutcome.Kept) world.create(caller, AlertScope.ALL, below("100", "100"))).rule();
    world.read(own, "1");
    world.read(foreign, "1");
    world.tick();

    assertThat(subjects(rule)).containsExactly(own.id().value());
    assertThat(world.create(caller, AlertScope.of(foreign.id()), below("1", "1")))
        .isInstanceOf(RuleOutcome.UnknownWallet.class);
    var ofEverybody = world.rule(below("100", "100"));
    assertThat(world.storage.alertRules().find(ofEverybody.id(), caller)).isEmpty();
    assertThat(world.storage.alertRules().find(rule.id(), caller)).isPresent();
  }

  @Test
  void anAmountMeansNothingInAnotherCurrency() {
    var wallet = world.wallet();
    var other = condition("kind", "balance_below", "currency", "GHS", "threshold", "100");

    assertThat(world.create(Visibility.ALL, AlertScope.of(wallet.id()), other))
        .isInstanceOf(RuleOutcome.OtherCurrency.class);
    var rule = world.rule(other);
    world.read(wallet, "1");
    world.tick();
    assertThat(world.alerts(rule)).isEmpty();
  }

  private Set<UUID> subjects(AlertRule rule) {
    return world.unresolved(rule).stream().map(it -> it.subject().id()).collect(Collectors.toSet());
  }

  private Alert only(AlertRule rule) {
    var alerts = world.alerts(rule);
    assertThat(alerts).hasSize(1);
    return alerts.getFirst();
  }

  private static Alert.Resolved end(Alert alert) {
    return Objects.requireNonNull(alert.resolved());
  }
}
