package io.walletsync.core.alert;

import static io.walletsync.core.alert.AlertWorld.below;
import static io.walletsync.core.alert.AlertWorld.condition;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Death;
import io.walletsync.core.Death.Killed;
import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.alert.SettleAlert.Decision;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A process is killed before or after every single thing that it asks of the database while alerts
 * open, are looked after, are put off and end, once for each of them. Another one starts, and
 * whoever got no answer asks again. No step of an alert is there without its event and none is told
 * that is not there; and it all ends as if nobody had been killed.
 */
class AlertsKilledAnywhereTest {
  private static final List<String> AS_IT_SHOULD_END =
      List.of(
          "low/first: 40.00 resolved by_itself 200.00",
          "low/first: 30.00 resolved rule_changed null",
          "low/first: 30.00 resolved by_itself 90.00",
          "low/second: 50.00 resolved person null",
          "low/second: 45.00 resolved rule_changed null",
          "low/second: 45.00 open",
          "low/third: 60.00 resolved rule_changed null",
          "moved/first: 40.00 resolved by_itself 40.00",
          "moved/first: 200.00 resolved by_itself 30.00",
          "moved/first: 90.00 resolved rule_deleted null",
          "moved/second: 50.00 resolved by_itself 50.00",
          "moved/second: 160.00 resolved by_itself 45.00",
          "stale/third: never resolved by_itself confirmed");

  @Test
  void eachStepIsThereWithItsEventOrNotAtAll() {
    var whole = new Run(Integer.MAX_VALUE);
    whole.play();
    assertThat(whole.death.points()).isGreaterThan(200);
    whole.check();
    assertThat(whole.ends()).containsExactlyInAnyOrderElementsOf(AS_IT_SHOULD_END);

    for (var point = 1; point <= whole.death.points(); point++) {
      var run = new Run(point);
      run.play();
      assertThat(run.death.came()).as("killed at point %s", point).isTrue();
      run.check();
      assertThat(run.ends())
          .as("killed at point %s", point)
          .containsExactlyInAnyOrderElementsOf(AS_IT_SHOULD_END);
    }
  }

  /** One history with one kill in it. */
  private static final class Run {
    private final MutableClock clock = new MutableClock(Examples.MORNING.plusSeconds(3_600));
    private final InMemoryStorage storage = new InMemoryStorage(clock);
    private final SequentialIds ids = new SequentialIds();
    private final AlertWorld setUp =
        new AlertWorld(clock, storage, ids, AlertWorld.Ports.AS_THEY_ARE);
    private final Wallet first = setUp.wallet();
    private final Wallet second = setUp.wallet();
    private final Wallet third = setUp.wallet();
    private final AlertRule low = setUp.rule(below("100", "150"));
    private final AlertRule moved =
        setUp.rule(
            condition(
                "kind", "balance_changed", "period", "PT1M", "currency", "NGN", "amount", "50"));
    private final AlertRule stale =
        setUp.rule(condition("kind", "balance_stale", "after", "PT20M"));
    private final Death death;
    private AlertWorld process;

    Run(int killAt) {
      this.death = new Death(killAt);
      this.process = started();
    }

    void play() {
      step(it -> it.read(first, "500"));
      step(it -> it.read(second, "500"));
      later(Duration.ofMinutes(10));
      // two rules at once, and the same reading again where nobody answered
      step(it -> it.read(first, "40"));
      step(it -> it.read(second, "50"));
      step(AlertWorld::tick);
      step(it -> settle(it, low, first, new Decision.Acknowledge("looking")));
      step(it -> settle(it, low, first, new Decision.Snooze(inMinutes(30), "later")));
      step(it -> settle(it, low, second, new Decision.Resolve("known")));
      later(Duration.ofMinutes(15));
      step(AlertWorld::tick);
      step(it -> it.read(third, "60"));
      step(it -> it.read(first, "200"));
      step(it -> it.read(second, "160"));
      step(it -> it.read(second, "45"));
      step(it -> it.read(first, "30"));
      step(it -> settle(it, low, first, new Decision.Snooze(inMinutes(10), null)));
      later(Duration.ofMinutes(11));
      step(AlertWorld::tick);
      step(it -> it.change(low, null, below("55", "65")));
      step(AlertWorld::tick);
      step(it -> it.read(first, "90"));
      step(it -> it.delete(moved));
      step(AlertWorld::tick);
    }

    private Instant inMinutes(long minutes) {
      return clock.instant().plus(Duration.ofMinutes(minutes));
    }

    private void later(Duration time) {
      clock.advance(time);
    }

    private static void settle(AlertWorld world, AlertRule rule, Wallet about, Decision what) {
      world.unresolved(rule).stream()
          .filter(it -> it.subject().id().equals(about.id().value()))
          .forEach(it -> world.settle(it, what));
    }

    /** Done by a process, and should it be killed once more by another one. */
    private void step(Consumer<AlertWorld> work) {
      try {
        work.accept(process);
      } catch (Killed killed) {
        check();
        process = started();
        work.accept(process);
      }
    }

    private AlertWorld started() {
      return new AlertWorld(
          clock,
          storage,
          ids,
          new AlertWorld.Ports() {
            @Override
            public <T> T of(Class<T> type, T port) {
              return death.around(type, port);
            }
          });
    }

    /** What must be true at any moment at which nobody is at work. */
    void check() {
      var steps = new ArrayList<Told>();
      for (var alert : alerts()) {
        var transitions = storage.alerts().transitions(alert.id());
        assertThat(transitions)
            .extracting(AlertTransition::step)
            .containsExactlyElementsOf(IntStream.rangeClosed(1, alert.step()).boxed().toList());
        assertThat(transitions.getLast().to()).isEqualTo(alert.state());
        transitions.stream()
            .filter(it -> it.to() == State.OPEN || it.to() == State.RESOLVED)
            .map(
                it ->
                    new Told(
                        it.to() == State.OPEN ? Kind.ALERT_OPENED : Kind.ALERT_RESOLVED,
                        it.alertId().toString(),
                        Integer.toString(it.step())))
            .forEach(steps::add);
      }
      assertThat(
              setUp.events().stream()
                  .map(
                      it ->
                          new Told(it.kind(), it.facts().get("alert_id"), it.facts().get("step"))))
          .as("the events, killed at point %s", death.point())
          .containsExactlyInAnyOrderElementsOf(steps);
      assertThat(alerts().stream().filter(it -> it.state() != State.RESOLVED))
          .as("one unresolved alert of each rule and wallet, killed at point %s", death.point())
          .extracting(it -> it.ruleId() + " " + it.subject().id())
          .doesNotHaveDuplicates();
    }

    private List<Alert> alerts() {
      var all = new ArrayList<Alert>();
      List.of(low, moved, stale).forEach(rule -> all.addAll(setUp.alerts(rule)));
      return all;
    }

    /** What is left, without times and numbers, which a repetition moves. */
    List<String> ends() {
      return alerts().stream().map(this::end).toList();
    }

    private String end(Alert alert) {
      var rule =
          alert.ruleId().equals(low.id())
              ? "low"
              : alert.ruleId().equals(moved.id()) ? "moved" : "stale";
      var about = alert.subject().id();
      var wallet =
          about.equals(first.id().value())
              ? "first"
              : about.equals(second.id().value()) ? "second" : "third";
      var isStale = rule.equals("stale");
      var found = isStale ? "never" : Objects.requireNonNull(alert.current());
      var resolved = alert.resolved();
      return "%s/%s: %s %s"
          .formatted(
              rule,
              wallet,
              found,
              resolved == null
                  ? alert.state().code()
                  : "resolved %s %s"
                      .formatted(resolved.how().code(), isStale ? "confirmed" : resolved.value()));
    }
  }

  private record Told(Kind kind, @Nullable String alert, @Nullable String step) {}
}
