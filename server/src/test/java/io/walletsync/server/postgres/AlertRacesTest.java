package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.alert.Alert;
import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.alert.Alerts;
import io.walletsync.core.alert.LookAtRules;
import io.walletsync.core.balance.ExampleObservation;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What happens at the same moment in several transactions: no alert is lost, none is there twice.
 */
class AlertRacesTest implements RegistryPorts {
  private static final int ROUNDS = 25;

  private final InstantSource clock = InstantSource.system();
  private final AtomicReference<@Nullable Runnable> beforeCommit = new AtomicReference<>();
  private final AtomicReference<@Nullable Runnable> afterTheLock = new AtomicReference<>();

  private AlertNode node() {
    return new AlertNode(afterTheLock, beforeCommit);
  }

  @Test
  void aBalanceThatWasRecordedBeforeItsRuleWasSeenIsMetByTheWalk() throws Exception {
    var wallet = registered();
    var recording = node();
    var other = node();
    recording.read(wallet, "500");
    var evaluated = new CountDownLatch(1);
    var mayCommit = new CountDownLatch(1);
    beforeCommit.set(
        () -> {
          evaluated.countDown();
          await(mayCommit);
        });

    // the recording has judged by the rules that it knew, and is not committed yet
    var slow = Concurrently.run(() -> recording.read(wallet, "50"));
    await(evaluated);
    var rule = Concurrently.supply(() -> other.rule(wallet));
    TimeUnit.MILLISECONDS.sleep(300);
    assertThat(rule).as("waits for the wallet's lock").isNotDone();
    mayCommit.countDown();
    slow.get(20, TimeUnit.SECONDS);

    assertThat(unresolved(rule.get(20, TimeUnit.SECONDS))).hasSize(1);
  }

  @Test
  void whateverComesFirstALowBalanceHasItsOneAlert() {
    for (var round = 0; round < ROUNDS; round++) {
      var wallet = registered();
      var first = node();
      var second = node();
      first.read(wallet, "500");
      var rule = new AtomicReference<@Nullable AlertRule>();

      Concurrently.call(
          2,
          i -> {
            if (i == 0) {
              first.read(wallet, "50");
            } else {
              rule.set(second.rule(wallet));
            }
            return true;
          });

      assertThat(unresolved(rule.get())).as("round " + round).hasSize(1);
    }
  }

  @Test
  void anotherNodesRuleIsKnownWithTheNextRecording() {
    var wallet = registered();
    var recording = node();
    recording.read(wallet, "500");
    var rule = node().rule(wallet);

    recording.read(wallet, "50");

    assertThat(unresolved(rule)).hasSize(1);
    node().enable(rule, false);
    assertThat(unresolved(rule)).isEmpty();
    recording.read(wallet, "40");
    assertThat(unresolved(rule)).isEmpty();
  }

  @Test
  void aRuleThatIsDisabledWhileABalanceIsRecordedLeavesNoAlertBehind() {
    for (var round = 0; round < ROUNDS; round++) {
      var wallet = registered();
      var recording = node();
      var other = node();
      recording.read(wallet, "500");
      var rule = other.rule(wallet);
      recording.read(wallet, "600");

      Concurrently.call(
          2,
          i -> {
            if (i == 0) {
              recording.read(wallet, "50");
            } else {
              other.enable(rule, false);
            }
            return true;
          });

      assertThat(unresolved(rule)).as("round " + round).isEmpty();
    }
  }

  @Test
  void aRuleThatWasDisabledAfterItWasLookedUpOpensNothing() throws Exception {
    var wallet = registered();
    var recording = node();
    var other = node();
    recording.read(wallet, "500");
    var rule = other.rule(wallet);
    // the recording knows the rule; it is disabled after the lock was had and before it is asked
    recording.read(wallet, "600");
    afterTheLock.set(null);
    var held = new CountDownLatch(1);
    var mayGoOn = new CountDownLatch(1);
    var disabling =
        Concurrently.run(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          other.enable(rule, false);
                          held.countDown();
                          await(mayGoOn);
                          return true;
                        }));
    await(held);
    var reading = Concurrently.run(() -> recording.read(wallet, "50"));
    TimeUnit.MILLISECONDS.sleep(300);
    assertThat(reading).as("waits for who changes the rule").isNotDone();
    mayGoOn.countDown();
    disabling.get(20, TimeUnit.SECONDS);
    reading.get(20, TimeUnit.SECONDS);

    assertThat(alerts(rule)).isEmpty();
  }

  @Test
  void whatIsUndoneLeavesNeitherBalanceNorAlertNorEvent() {
    var wallet = registered();
    var node = node();
    node.read(wallet, "500");
    var rule = node.rule(wallet);
    beforeCommit.set(
        () -> {
          throw new IllegalStateException("killed here");
        });

    assertThat(Concurrently.call(1, _ -> fails(() -> node.read(wallet, "50"))))
        .containsExactly(true);

    beforeCommit.set(null);
    assertThat(alerts(rule)).isEmpty();
    assertThat(events(rule)).isZero();
    node.read(wallet, "50");
    assertThat(unresolved(rule)).hasSize(1);
    assertThat(events(rule)).isEqualTo(1);
  }

  @Test
  void anAlertWhoseEventCannotBeKeptIsNotKeptEither() {
    var wallet = registered();
    var node = node();
    node.read(wallet, "500");
    var rule = node.rule(wallet);
    var broken =
        new Outbox() {
          @Override
          public void append(List<Notification> notifications) {
            throw new IllegalStateException("no room for events");
          }

          @Override
          public Listed list(Query query) {
            throw new IllegalStateException();
          }

          @Override
          public Place end() {
            throw new IllegalStateException();
          }

          @Override
          public Place before(Instant time) {
            throw new IllegalStateException();
          }
        };
    var recording = node.record(node.evaluate(broken));

    var observation =
        ExampleObservation.of(wallet.id()).balance("50").startedAt(clock.instant()).observation();
    assertThat(fails(() -> recording.record(List.of(observation)))).isTrue();

    assertThat(alerts(rule)).isEmpty();
    assertThat(Ports.snapshots().latest(wallet.id(), Visibility.ALL).orElseThrow().latest())
        .hasValueSatisfying(
            it -> assertThat(it.snapshot().balance()).isEqualTo(Examples.balance("500")));
  }

  @Test
  void aTickOnSeveralNodesAtOnceOpensEachAlertOnce() {
    var wallet = registered();
    var rule = node().rule(wallet);
    var nodes = List.of(node(), node(), node());
    nodes.getFirst().read(wallet, "50");
    transactions().inTransaction(() -> Ports.alertRules().lock(rule.id(), Visibility.ALL));

    Concurrently.call(
        3, i -> nodes.get(i).look.look(new LookAtRules.Command(() -> false)).rules() > 0);

    assertThat(alerts(rule)).hasSize(1);
    assertThat(events(rule)).isEqualTo(1);
  }

  private static boolean fails(Runnable work) {
    try {
      work.run();
      return false;
    } catch (IllegalStateException _) {
      return true;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<Alert> unresolved(@Nullable AlertRule rule) {
    return alerts(Objects.requireNonNull(rule)).stream()
        .filter(it -> it.state() != State.RESOLVED)
        .toList();
  }

  private static List<Alert> alerts(AlertRule rule) {
    return Ports.alerts()
        .page(
            new Alerts.Query(
                Visibility.ALL, Set.of(), rule.id(), null, null, null, null, null, 100))
        .items();
  }

  private static int events(AlertRule rule) {
    return Ports.jdbc()
        .sql("select count(*) from outbox_event where facts ->> 'rule_id' = ?")
        .param(rule.id().toString())
        .query(Integer.class)
        .single();
  }

  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public Connections connections() {
    return Ports.connections();
  }

  @Override
  public Wallets wallets() {
    return Ports.wallets();
  }
}
