package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.balance.ExampleObservation;
import io.walletsync.core.balance.Observation;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.notification.Notification.Occurrence;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertScope;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The feed is in the order in which transactions began, so it may list that an alert is over before
 * it lists that it opened: its steps tell the truth.
 */
class AlertOrderTest implements RegistryPorts {
  private final InstantSource clock = InstantSource.system();
  private final AtomicReference<@Nullable Runnable> beforeCommit = new AtomicReference<>();

  /** What is told of an alert, as often as it is told. */
  private record Told(Kind kind, int step) {}

  @Test
  void whoChangesARuleBeganBeforeTheRecordingThatOpened() throws Exception {
    var held = registered();
    var wallet = registered();
    var holding = new AlertNode(new AtomicReference<>(), beforeCommit);
    var recording = new AlertNode();
    var changing = new AlertNode();
    holding.read(held, "500");
    recording.read(wallet, "500");
    var rule = changing.rule(AlertScope.ALL);
    var opened = new CountDownLatch(1);
    var mayCommit = new CountDownLatch(1);
    beforeCommit.set(
        () -> {
          opened.countDown();
          await(mayCommit);
        });
    var slow = Concurrently.run(() -> holding.read(held, "50"));
    await(opened);

    // it has its place in the feed already, and waits for the recording that holds the rule
    var disabling = Concurrently.run(() -> changing.enable(rule, false));
    TimeUnit.MILLISECONDS.sleep(300);
    recording.read(wallet, "50");
    mayCommit.countDown();
    slow.get(20, TimeUnit.SECONDS);
    disabling.get(20, TimeUnit.SECONDS);

    assertThat(told(rule, wallet))
        .as("as the feed lists it")
        .containsExactly(new Told(Kind.ALERT_RESOLVED, 2), new Told(Kind.ALERT_OPENED, 1));
    assertThat(told(rule, held)).containsExactlyInAnyOrderElementsOf(openedAndResolved());
  }

  /** It writes what it knows; the database counts for it. */
  @Test
  void aServerOfTheReleaseBeforeKnowsNoStepsAndGoesOn() {
    var wallet = registered();
    var node = new AlertNode();
    node.read(wallet, "500");
    var rule = node.rule(AlertScope.ALL);
    node.read(wallet, "50");

    Ports.jdbc()
        .sql(
            """
            insert into alert_transition (transition_id, alert_id, to_state, at, by)
            select gen_random_uuid(), alert_id, 'ACKNOWLEDGED', clock_timestamp(), 'somebody'
              from alert where wallet_id = ? and rule_id = ?
            """)
        .params(wallet.id().value(), rule.id())
        .update();

    assertThat(
            Ports.jdbc()
                .sql(
                    """
                    select alert.step || ' ' || string_agg(one.step::text, ',' order by one.step)
                      from alert join alert_transition as one using (alert_id)
                     where wallet_id = ? and rule_id = ? group by alert.step
                    """)
                .params(wallet.id().value(), rule.id())
                .query(String.class)
                .single())
        .isEqualTo("2 1,2");
  }

  @Test
  void whoWaitedForAnotherWalletBeganBeforeTheRecordingThatOpened() throws Exception {
    var wallets =
        List.of(registered(), registered(), registered()).stream()
            .sorted(Comparator.comparing(Wallet::id))
            .toList();
    var last = wallets.getLast();
    var together = new AlertNode();
    var alone = new AlertNode();
    wallets.forEach(it -> together.read(it, "500"));
    var rule = together.rule(AlertScope.ALL);
    var isHeld = new CountDownLatch(1);
    var mayGo = new CountDownLatch(1);
    var holder =
        Concurrently.run(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          Ports.snapshots().lock(new LinkedHashSet<>(List.of(wallets.get(1).id())));
                          isHeld.countDown();
                          await(mayGo);
                          return true;
                        }));
    await(isHeld);
    var started = clock.instant().plusSeconds(1);

    var waiting =
        Concurrently.run(
            () ->
                together.record.record(
                    wallets.stream().map(it -> observation(it, "501", started)).toList()));
    TimeUnit.MILLISECONDS.sleep(300);
    alone.read(last, "50");
    mayGo.countDown();
    holder.get(20, TimeUnit.SECONDS);
    waiting.get(20, TimeUnit.SECONDS);

    assertThat(told(rule, last))
        .as("as the feed lists it")
        .containsExactly(new Told(Kind.ALERT_RESOLVED, 2), new Told(Kind.ALERT_OPENED, 1));
  }

  private static List<Told> openedAndResolved() {
    return List.of(new Told(Kind.ALERT_OPENED, 1), new Told(Kind.ALERT_RESOLVED, 2));
  }

  private static Observation observation(Wallet wallet, String naira, Instant started) {
    return ExampleObservation.of(wallet.id())
        .balance(naira)
        .startedAt(started)
        .took(Duration.ZERO)
        .observation();
  }

  /** What the feed has of a rule's alert about a wallet, in its order. */
  private static List<Told> told(AlertRule rule, Wallet wallet) {
    var told = new ArrayList<Told>();
    var place = Outbox.Place.START;
    boolean hasMore;
    do {
      var listed =
          Ports.outbox()
              .list(
                  new Outbox.Query(
                      Visibility.ALL,
                      Set.of(Kind.ALERT_OPENED, Kind.ALERT_RESOLVED),
                      wallet.id(),
                      place,
                      100));
      for (var entry : listed.entries()) {
        var event = (Occurrence) entry.notification();
        if (rule.id().toString().equals(event.facts().get("rule_id"))) {
          told.add(
              new Told(
                  event.kind(),
                  Integer.parseInt(Objects.requireNonNull(event.facts().get("step")))));
        }
      }
      place = listed.next();
      hasMore = listed.hasMore();
    } while (hasMore);
    return told;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
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
