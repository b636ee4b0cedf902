package io.walletsync.core.alert;

import static io.walletsync.core.alert.AlertWorld.below;
import static io.walletsync.core.alert.AlertWorld.condition;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.alert.Alert.How;
import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.alert.SettleAlert.Decision;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.rule.AlertScope;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    var alert = world.only(rule);

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

    assertThat(world.only(rule).state()).isEqualTo(State.RESOLVED);
    assertThat(AlertWorld.end(world.only(rule)).how()).isEqualTo(How.BY_ITSELF);
    assertThat(AlertWorld.end(world.only(rule)).value()).isEqualTo("150.00");
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
    assertThat(AlertWorld.end(world.alerts(rule).getFirst()).how()).isEqualTo(How.RULE_CHANGED);
    world.change(rule, false, null);
    assertThat(world.unresolved(rule)).isEmpty();
    assertThat(AlertWorld.end(world.alerts(rule).getLast()).how()).isEqualTo(How.RULE_DISABLED);
    world.read(wallet, "40");
    world.tick();
    assertThat(world.unresolved(rule)).isEmpty();
    world.change(rule, true, null);
    assertThat(world.unresolved(rule)).hasSize(1);
    world.delete(rule);
    assertThat(AlertWorld.end(world.alerts(rule).getLast()).how()).isEqualTo(How.RULE_DELETED);
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
    assertThat(world.only(rule).ruleName()).isEqualTo("A rule");
    assertThat(world.only(rule).state()).isEqualTo(State.OPEN);
  }

  @Test
  void aPersonAcknowledgesSnoozesAndResolvesAndEachIsAudited() {
    var wallet = world.wallet();
    var rule = world.rule(below("100", "100"));
    world.read(wallet, "50");
    var alert = world.only(rule);

    world.settle(alert, new Decision.Acknowledge("mine"));
    assertThat(world.only(rule).state()).isEqualTo(State.ACKNOWLEDGED);
    var until = Microseconds.cut(world.clock.instant().plus(Duration.ofHours(1)));
    world.settle(alert, new Decision.Snooze(until, null));
    assertThat(world.only(rule).snoozedUntil()).isEqualTo(until);
    world.clock.advance(Duration.ofMinutes(59));
    world.tick();
    assertThat(world.only(rule).state()).isEqualTo(State.SNOOZED);
    world.clock.advance(Duration.ofMinutes(1));
    world.tick();
    assertThat(world.only(rule).state()).isEqualTo(State.OPEN);
    assertThat(world.events().getLast().facts()).containsEntry("reminder", "true");
    world.settle(alert, new Decision.Resolve("topped up elsewhere"));

    assertThat(AlertWorld.end(world.only(rule)).note()).isEqualTo("topped up elsewhere");
    assertThat(AlertWorld.end(world.only(rule)).by()).isEqualTo(AlertWorld.ACTOR.name());
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
    world.settle(world.only(rule), new Decision.Resolve("known"));

    world.read(wallet, "40");
    world.tick();
    assertThat(world.alerts(rule)).hasSize(1);
    world.read(wallet, "200");
    assertThat(world.codes()).containsExactly("alert.opened", "alert.resolved");
    assertThat(AlertWorld.end(world.only(rule)).how()).isEqualTo(How.PERSON);
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
      assertThat(world.settle(world.only(rule), new Decision.Snooze(until, null)))
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

    assertThat(AlertWorld.end(world.only(ofTeam)).how()).isEqualTo(How.LEFT_SCOPE);
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
}
