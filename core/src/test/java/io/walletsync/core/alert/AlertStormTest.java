package io.walletsync.core.alert;

import static io.walletsync.core.alert.AlertWorld.below;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.alert.Alert.How;
import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.money.Money;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.Condition;
import io.walletsync.core.wallet.Wallet;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More than two hundred at once are one alert, and a rule that breaks is one too. */
final class AlertStormTest {
  private final AlertWorld world = new AlertWorld();

  @Test
  void aStormIsOneAlertUntilItIsOverAndThenOpensWhatIsLeft() {
    var wallets = IntStream.range(0, 201).mapToObj(_ -> world.wallet()).toList();
    var rule = world.rule(below("100", "100"));
    var low = new HashMap<Wallet, String>();
    wallets.forEach(it -> low.put(it, "10"));

    world.readTogether(low);

    assertThat(world.only(rule).kind()).isEqualTo(AlertKind.STORM);
    assertThat(world.only(rule).current()).isEqualTo("201");
    assertThat(world.codes()).containsExactly("alert.opened");
    world.read(wallets.getFirst(), "9");
    world.tick();
    assertThat(world.alerts(rule)).as("while it storms").hasSize(1);

    world.read(wallets.getFirst(), "100");
    assertThat(world.alerts(rule)).hasSize(1);
    world.tick();

    assertThat(world.unresolved(rule)).hasSize(200).allMatch(it -> it.kind() == rule.kind());
    assertThat(AlertWorld.end(world.alerts(rule).getFirst()).how()).isEqualTo(How.BY_ITSELF);
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

    assertThat(world.only(rule).kind()).isEqualTo(AlertKind.STORM);
    assertThat(world.only(rule).current()).isEqualTo("230");
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
    assertThat(world.only(broken).kind()).isEqualTo(AlertKind.ENGINE_ERROR);
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
    assertThat(world.only(broken).kind()).isEqualTo(AlertKind.ENGINE_ERROR);
  }
}
