package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.alert.Alert;
import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.alert.AlertObserver;
import io.walletsync.core.alert.Alerts;
import io.walletsync.core.alert.ChangeAlertRule;
import io.walletsync.core.alert.CreateAlertRule;
import io.walletsync.core.alert.EvaluateAlerts;
import io.walletsync.core.alert.JudgeWallets;
import io.walletsync.core.alert.LookAtRules;
import io.walletsync.core.alert.RuleOutcome;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceChange;
import io.walletsync.core.balance.BalanceListener;
import io.walletsync.core.balance.ExampleObservation;
import io.walletsync.core.balance.RecordBalances;
import io.walletsync.core.balance.Settlements;
import io.walletsync.core.judgement.GatherCircumstances;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertScope;
import io.walletsync.core.rule.ConditionFields;
import io.walletsync.core.rule.RulesInForce;
import io.walletsync.core.rule.Severity;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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

  private final Ids ids = Examples::id;
  private final InstantSource clock = InstantSource.system();
  private final Auditor auditor = new Auditor(Ports.auditTrail(), ids, clock);
  private final AtomicReference<@Nullable Runnable> beforeCommit = new AtomicReference<>();
  private final AtomicReference<@Nullable Runnable> afterTheLock = new AtomicReference<>();
  private final AlertObserver observer =
      new AlertObserver() {
        @Override
        public void evaluated(Duration took) {}

        @Override
        public void failed(AlertKind kind) {}
      };

  /** A node of its own: it has its own copy of the rules. */
  private final class Node {
    final RulesInForce inForce = new RulesInForce(Ports.alertRules());
    final GatherCircumstances gather =
        new GatherCircumstances(Ports.syncQueue(), Ports.evidence(), _ -> Map.of());
    final JudgeWallets judge =
        new JudgeWallets(
            Ports.alertRules(),
            Ports.alerts(),
            inForce,
            Ports.snapshots(),
            gather,
            Ports.outbox(),
            transactions(),
            observer,
            ids);
    final LookAtRules look =
        new LookAtRules(
            Ports.alertRules(),
            Ports.alerts(),
            Ports.wallets(),
            Ports.snapshots(),
            Ports.evidence(),
            _ -> List.of(),
            gather,
            judge,
            Ports.outbox(),
            transactions(),
            observer,
            ids);
    final EvaluateAlerts evaluate = evaluate(Ports.outbox());
    final RecordBalances record = record(evaluate);
    final CreateAlertRule create =
        new CreateAlertRule(
            Ports.alertRules(),
            Ports.wallets(),
            Ports.connections(),
            look,
            transactions(),
            auditor,
            ids,
            clock);
    final ChangeAlertRule change =
        new ChangeAlertRule(
            Ports.alertRules(),
            Ports.alerts(),
            Ports.wallets(),
            Ports.connections(),
            look,
            Ports.outbox(),
            transactions(),
            auditor,
            ids,
            clock);

    EvaluateAlerts evaluate(Outbox outbox) {
      return new EvaluateAlerts(
          Ports.alertRules(), Ports.alerts(), inForce, gather, judge, outbox, observer, ids);
    }

    RecordBalances record(BalanceListener alerts) {
      return new RecordBalances(
          Ports.snapshots(),
          Ports.quarantine(),
          new Settlements(List.of()),
          List.of(hook(afterTheLock), alerts, hook(beforeCommit)),
          transactions(),
          auditor,
          ids);
    }

    void read(Wallet wallet, String naira) {
      record.record(
          List.of(
              ExampleObservation.of(wallet.id())
                  .balance(naira)
                  .startedAt(clock.instant())
                  .took(Duration.ZERO)
                  .observation()));
    }

    AlertRule rule(Wallet wallet) {
      return ((RuleOutcome.Kept)
              create.create(
                  new CreateAlertRule.Command(
                      Examples.actor(),
                      Visibility.ALL,
                      "A rule",
                      Severity.WARNING,
                      true,
                      AlertScope.of(wallet.id()),
                      ConditionFields.read(
                          Map.of("kind", "balance_below", "currency", "NGN", "threshold", "100")))))
          .rule();
    }

    void enable(AlertRule rule, boolean enabled) {
      var _ =
          change.change(
              new ChangeAlertRule.Command(
                  Examples.actor(), Visibility.ALL, rule.id(), null, null, enabled, null, null));
    }
  }

  private static BalanceListener hook(AtomicReference<@Nullable Runnable> work) {
    return new BalanceListener() {
      @Override
      public void onChange(List<BalanceChange> changes) {
        var now = work.get();
        if (now != null) {
          now.run();
        }
      }
    };
  }

  @Test
  void aBalanceThatWasRecordedBeforeItsRuleWasSeenIsMetByTheWalk() throws Exception {
    var wallet = registered();
    var recording = new Node();
    var other = new Node();
    recording.read(wallet, "500");
    var evaluated = new CountDownLatch(1);
    var mayCommit = new CountDownLatch(1);
    beforeCommit.set(
        () -> {
          evaluated.countDown();
          await(mayCommit);
        });

    // the recording has judged by the rules that it knew, and is not committed yet
    var slow = CompletableFuture.runAsync(() -> recording.read(wallet, "50"));
    await(evaluated);
    var rule = CompletableFuture.supplyAsync(() -> other.rule(wallet));
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
      var first = new Node();
      var second = new Node();
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
    var recording = new Node();
    recording.read(wallet, "500");
    var rule = new Node().rule(wallet);

    recording.read(wallet, "50");

    assertThat(unresolved(rule)).hasSize(1);
    new Node().enable(rule, false);
    assertThat(unresolved(rule)).isEmpty();
    recording.read(wallet, "40");
    assertThat(unresolved(rule)).isEmpty();
  }

  @Test
  void aRuleThatIsDisabledWhileABalanceIsRecordedLeavesNoAlertBehind() {
    for (var round = 0; round < ROUNDS; round++) {
      var wallet = registered();
      var recording = new Node();
      var other = new Node();
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
    var recording = new Node();
    var other = new Node();
    recording.read(wallet, "500");
    var rule = other.rule(wallet);
    // the recording knows the rule; it is disabled after the lock was had and before it is asked
    recording.read(wallet, "600");
    afterTheLock.set(null);
    var held = new CountDownLatch(1);
    var mayGoOn = new CountDownLatch(1);
    var disabling =
        CompletableFuture.runAsync(
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
    var reading = CompletableFuture.runAsync(() -> recording.read(wallet, "50"));
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
    var node = new Node();
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
    var node = new Node();
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
    var rule = new Node().rule(wallet);
    var nodes = List.of(new Node(), new Node(), new Node());
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
