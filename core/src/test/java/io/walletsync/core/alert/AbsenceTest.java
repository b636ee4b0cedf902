package io.walletsync.core.alert;

import static io.walletsync.core.alert.AlertWorld.condition;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.judgement.ChannelSilence;
import io.walletsync.core.judgement.Runways;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What did not happen is found by rounds, and what nobody knows is judged by nobody. */
final class AbsenceTest {
  private final AlertWorld world = new AlertWorld();

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
    assertThat(world.subjects(rule)).isEmpty();
    assertThat(world.subjects(bySchedule)).containsExactly(never.id().value());

    world.clock.advance(Duration.ofHours(2));
    world.tick();
    assertThat(world.subjects(rule)).containsExactlyInAnyOrder(never.id().value());
    world.clock.advance(Duration.ofSeconds(2));
    world.tick();
    assertThat(world.subjects(rule))
        .containsExactlyInAnyOrder(never.id().value(), known.id().value());

    world.read(known, "10");
    world.tick();
    assertThat(world.subjects(rule)).containsExactly(never.id().value());
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
    assertThat(world.only(rule).subject()).isInstanceOf(Alert.Subject.OfRule.class);
    assertThat(world.only(rule).state()).isEqualTo(State.OPEN);

    world.read(wallet, "10");
    world.tick();
    assertThat(world.only(rule).state()).isEqualTo(State.RESOLVED);
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
    assertThat(world.only(silent).subject().id()).isEqualTo(channel);
    assertThat(world.only(runway).current()).isEqualTo("PT144H");

    world.silent.clear();
    world.runways.put(wallet.id(), new Runways.Lasting(Duration.ofDays(7)));
    world.tick();
    assertThat(world.only(silent).state()).isEqualTo(State.RESOLVED);
    assertThat(world.only(runway).state()).as("not looked at in every round").isEqualTo(State.OPEN);

    world.clock.advance(Duration.ofMinutes(11));
    world.tick();
    assertThat(world.only(runway).state()).isEqualTo(State.RESOLVED);
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
    assertThat(world.only(rule).state()).isEqualTo(State.OPEN);

    world.runways.put(wallet.id(), new Runways.Lasting(null));
    world.clock.advance(Duration.ofMinutes(11));
    world.tick();
    assertThat(world.only(rule).state()).as("the balance is old again").isEqualTo(State.OPEN);

    world.read(wallet, "10");
    world.runways.remove(wallet.id());
    world.clock.advance(Duration.ofMinutes(11));
    world.tick();
    assertThat(world.only(rule).state()).as("nobody can tell").isEqualTo(State.OPEN);

    world.runways.put(wallet.id(), new Runways.Lasting(null));
    world.clock.advance(Duration.ofMinutes(1));
    world.read(wallet, "10");
    world.clock.advance(Duration.ofMinutes(11));
    world.tick();
    assertThat(world.only(rule).state()).as("no end is in sight").isEqualTo(State.RESOLVED);
  }
}
