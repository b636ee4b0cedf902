package io.walletsync.core.alert;

import static io.walletsync.core.alert.AlertWorld.below;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.rule.AlertScope;
import io.walletsync.core.wallet.Visibility;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who sees less neither changes, nor crowds out, nor reaches beyond what it may. */
final class RightsToRulesTest {
  private final AlertWorld world = new AlertWorld();

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

    assertThat(world.subjects(rule)).containsExactly(own.id().value());
    assertThat(world.create(caller, AlertScope.of(foreign.id()), below("1", "1")))
        .isInstanceOf(RuleOutcome.UnknownWallet.class);
    var ofEverybody = world.rule(below("100", "100"));
    assertThat(world.storage.alertRules().find(ofEverybody.id(), caller)).isEmpty();
    assertThat(world.storage.alertRules().find(rule.id(), caller)).isPresent();
  }
}
