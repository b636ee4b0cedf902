package io.walletsync.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.Condition;
import io.walletsync.core.wallet.Wallet;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** For any series of balances, alerts open and end exactly as a few lines say. */
final class AlertProperties {
  private static final int TRIES = 300;

  /** What a rule did: opened at which balance, and over at which, if it is. */
  private record Episode(String opened, @Nullable String over) {}

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void belowWithHysteresis(
      @ForAll("balances") List<Integer> balances,
      @ForAll @IntRange(min = 0, max = 6) int threshold,
      @ForAll @IntRange(min = 0, max = 3) int more,
      @ForAll("cuts") @Size(40) List<Boolean> cuts) {
    var clearAt = threshold + more;
    var model = new ArrayList<Episode>();
    for (var balance : distinct(balances)) {
      if (isOpen(model) && balance >= clearAt) {
        model.set(model.size() - 1, new Episode(model.getLast().opened, text(balance)));
      } else if (!isOpen(model) && balance < threshold) {
        model.add(new Episode(text(balance), null));
      }
    }

    assertThat(found(balances, cuts, below(threshold, clearAt))).isEqualTo(model);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aboveWithHysteresis(
      @ForAll("balances") List<Integer> balances,
      @ForAll @IntRange(min = 0, max = 6) int threshold,
      @ForAll @IntRange(min = 0, max = 3) int less,
      @ForAll("cuts") @Size(40) List<Boolean> cuts) {
    var clearAt = threshold - less;
    var model = new ArrayList<Episode>();
    for (var balance : distinct(balances)) {
      if (isOpen(model) && balance <= clearAt) {
        model.set(model.size() - 1, new Episode(model.getLast().opened, text(balance)));
      } else if (!isOpen(model) && balance > threshold) {
        model.add(new Episode(text(balance), null));
      }
    }
    var condition =
        AlertWorld.condition(
            "kind",
            "balance_above",
            "currency",
            "NGN",
            "threshold",
            Integer.toString(threshold),
            "clear_at",
            Integer.toString(clearAt));

    assertThat(found(balances, cuts, condition)).isEqualTo(model);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void droppedToZero(
      @ForAll("balances") List<Integer> balances,
      @ForAll @IntRange(min = 0, max = 6) int from,
      @ForAll("cuts") @Size(40) List<Boolean> cuts) {
    var model = new ArrayList<Episode>();
    @Nullable Integer before = null;
    for (var balance : distinct(balances)) {
      if (isOpen(model) && balance != 0) {
        model.set(model.size() - 1, new Episode(model.getLast().opened, text(balance)));
      } else if (before != null && before > 0 && before >= from && balance == 0) {
        model.add(new Episode(text(balance), null));
      }
      before = balance;
    }
    var condition =
        AlertWorld.condition(
            "kind", "dropped_to_zero", "currency", "NGN", "from", Integer.toString(from));

    assertThat(found(balances, cuts, condition)).isEqualTo(model);
  }

  /** One step is a reading after some seconds, then a round of the tick. */
  record Step(int balance, int seconds) {}

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void changedWithinAPeriod(
      @ForAll("steps") List<Step> steps,
      @ForAll @IntRange(min = 0, max = 4) int amount,
      @ForAll @IntRange(min = 0, max = 120) int percent,
      @ForAll boolean isPercent,
      @ForAll Condition.Direction direction) {
    var world = new AlertWorld();
    var wallet = world.wallet();
    var rule =
        world.rule(
            AlertWorld.condition(
                isPercent
                    ? new String[] {
                      "kind",
                      "balance_changed",
                      "period",
                      "PT1M",
                      "direction",
                      direction.code(),
                      "percent",
                      Integer.toString(percent)
                    }
                    : new String[] {
                      "kind",
                      "balance_changed",
                      "period",
                      "PT1M",
                      "direction",
                      direction.code(),
                      "currency",
                      "NGN",
                      "amount",
                      Integer.toString(amount)
                    }));
    var past = new ArrayList<Past>();
    var open = new ArrayList<Boolean>();
    for (var step : steps) {
      world.clock.advance(Duration.ofSeconds(step.seconds));
      if (past.isEmpty() || past.getLast().balance != step.balance) {
        world.read(wallet, Integer.toString(step.balance));
        past.add(new Past(world.clock.instant(), step.balance));
      }
      world.tick();

      var wasOpen = !open.isEmpty() && open.getLast();
      var window = inForce(past, world.clock.instant().minus(Duration.ofMinutes(1)));
      open.add(
          isFar(
              window, past.getLast().balance, isPercent ? percent : amount, isPercent, direction));
      assertThat(!world.unresolved(rule).isEmpty())
          .as("after %s, open before: %s", past, wasOpen)
          .isEqualTo(open.getLast());
    }
    var openings = 0;
    for (var i = 0; i < open.size(); i++) {
      openings += open.get(i) && (i == 0 || !open.get(i - 1)) ? 1 : 0;
    }
    assertThat(world.alerts(rule)).hasSize(openings);
  }

  record Past(Instant at, int balance) {}

  private static List<Integer> inForce(List<Past> past, Instant since) {
    var found = new ArrayList<Integer>();
    for (var i = 0; i < past.size(); i++) {
      if (i == past.size() - 1 || past.get(i + 1).at.isAfter(since)) {
        found.add(past.get(i).balance);
      }
    }
    return found;
  }

  /** From the highest of the period downwards, or from the lowest upwards. */
  private static boolean isFar(
      List<Integer> window, int now, int size, boolean isPercent, Condition.Direction direction) {
    var highest = window.stream().mapToInt(it -> it).max().orElseThrow();
    var lowest = window.stream().mapToInt(it -> it).min().orElseThrow();
    var drop = highest - now;
    var rise = now - lowest;
    return (direction != Condition.Direction.RISE
            && (isPercent
                ? highest > 0 && (highest - Math.max(now, 0)) * 100 > size * highest
                : drop > size))
        || (direction != Condition.Direction.DROP
            && (isPercent ? rise > 0 && (lowest <= 0 || rise * 100 > size * lowest) : rise > size));
  }

  /** What happens in between is up to people. */
  sealed interface Act {
    record Read(int balance) implements Act {}

    record Acknowledge() implements Act {}

    record Snooze(int seconds) implements Act {}

    record Resolve() implements Act {}

    /** Time goes on, and a node looks after all alerts. */
    record Pass(int seconds) implements Act {}
  }

  /** One alert as the few lines below have it. */
  private static final class Life {
    private final String opened;
    private State state = State.OPEN;
    private boolean holds = true;
    private @Nullable String how;
    private @Nullable String value;
    private Instant until = Instant.MAX;
    private int told = 1;

    Life(int balance) {
      this.opened = text(balance);
    }

    void end(String why, @Nullable String found) {
      state = State.RESOLVED;
      how = why;
      value = found;
    }

    String text() {
      return opened + " " + state + " " + holds + " " + how + " " + value;
    }

    static String text(int balance) {
      return AlertProperties.text(balance);
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void whateverPeopleDoMeanwhile(@ForAll("acts") List<Act> acts) {
    var world = new AlertWorld();
    var wallet = world.wallet();
    var rule = world.rule(below(3, 5));
    world.tick();
    var model = new ArrayList<Life>();
    @Nullable Integer before = null;
    for (var act : acts) {
      var alert = world.unresolved(rule).stream().findFirst();
      var life = model.isEmpty() ? null : model.getLast();
      var settled = life == null || life.state == State.RESOLVED;
      assertThat(alert.isEmpty()).isEqualTo(settled);
      switch (act) {
        case Act.Read(var balance) -> {
          world.read(wallet, Integer.toString(balance));
          if (!Objects.equals(before, balance)) {
            if (life != null && life.holds && balance >= 5) {
              life.holds = false;
              if (!settled) {
                life.end("BY_ITSELF", text(balance));
              }
            } else if ((life == null || !life.holds) && balance < 3) {
              model.add(new Life(balance));
            }
          }
          before = balance;
        }
        case Act.Acknowledge() -> {
          alert.ifPresent(it -> world.settle(it, new SettleAlert.Decision.Acknowledge(null)));
          if (life != null && !settled) {
            life.state = State.ACKNOWLEDGED;
          }
        }
        case Act.Snooze(var seconds) -> {
          var until = world.clock.instant().plusSeconds(seconds);
          alert.ifPresent(it -> world.settle(it, new SettleAlert.Decision.Snooze(until, null)));
          if (life != null && !settled) {
            life.state = State.SNOOZED;
            life.until = until;
          }
        }
        case Act.Resolve() -> {
          alert.ifPresent(it -> world.settle(it, new SettleAlert.Decision.Resolve("known")));
          if (life != null && !settled) {
            life.end("PERSON", null);
          }
        }
        case Act.Pass(var seconds) -> {
          world.clock.advance(Duration.ofSeconds(seconds));
          world.tick();
          if (life != null
              && life.state == State.SNOOZED
              && !life.until.isAfter(world.clock.instant())) {
            life.state = State.OPEN;
            life.told++;
          }
        }
      }
    }

    assertThat(world.alerts(rule).stream().map(AlertProperties::text))
        .containsExactlyElementsOf(model.stream().map(Life::text).toList());
    assertThat(world.codes().stream().filter("alert.opened"::equals))
        .hasSize(model.stream().mapToInt(it -> it.told).sum());
    assertThat(world.codes().stream().filter("alert.resolved"::equals))
        .hasSize((int) model.stream().filter(it -> it.state == State.RESOLVED).count());
  }

  private static String text(Alert alert) {
    var end = alert.resolved();
    return alert.current()
        + " "
        + alert.state()
        + " "
        + alert.holds()
        + " "
        + (end == null ? null : end.how())
        + " "
        + (end == null ? null : end.value());
  }

  @Provide
  Arbitrary<List<Act>> acts() {
    var balances = Arbitraries.integers().between(0, 7);
    var seconds = Arbitraries.integers().between(1, 40);
    return Arbitraries.<Act>frequencyOf(
            Tuple.of(5, balances.map(Act.Read::new)),
            Tuple.of(1, Arbitraries.just(new Act.Acknowledge())),
            Tuple.of(2, seconds.map(Act.Snooze::new)),
            Tuple.of(2, Arbitraries.just(new Act.Resolve())),
            Tuple.of(3, seconds.map(Act.Pass::new)))
        .list()
        .ofMaxSize(40);
  }

  /** However readings are recorded together, and whatever a person does in between. */
  private static List<Episode> found(
      List<Integer> balances, List<Boolean> cuts, Condition condition) {
    var world = new AlertWorld();
    var wallet = world.wallet();
    var rule = world.rule(condition);
    record(world, wallet, balances, cuts, rule);
    var alerts = world.alerts(rule);

    assertThat(world.codes().stream().filter("alert.opened"::equals)).hasSameSizeAs(alerts);
    assertThat(world.codes().stream().filter("alert.resolved"::equals))
        .hasSameSizeAs(alerts.stream().filter(it -> it.state() == State.RESOLVED).toList());
    return alerts.stream()
        .map(
            it ->
                new Episode(
                    Objects.requireNonNull(it.current()),
                    it.resolved() == null ? null : it.resolved().value()))
        .toList();
  }

  private static void record(
      AlertWorld world, Wallet wallet, List<Integer> balances, List<Boolean> cuts, AlertRule rule) {
    var batch = new ArrayList<String>();
    for (var i = 0; i < balances.size(); i++) {
      batch.add(Integer.toString(balances.get(i)));
      if (cuts.get(i) || i == balances.size() - 1) {
        world.readAll(wallet, batch);
        batch.clear();
        for (var alert :
            cuts.get((i + 7) % cuts.size()) ? world.unresolved(rule) : List.<Alert>of()) {
          world.settle(alert, new SettleAlert.Decision.Acknowledge("looking"));
        }
        if (cuts.get((i + 13) % cuts.size())) {
          world.tick();
        }
      }
    }
  }

  private static boolean isOpen(List<Episode> model) {
    return !model.isEmpty() && model.getLast().over == null;
  }

  /** A balance that is the same as the one before is no change. */
  private static List<Integer> distinct(List<Integer> balances) {
    var changes = new ArrayList<Integer>();
    for (var balance : balances) {
      if (changes.isEmpty() || !changes.getLast().equals(balance)) {
        changes.add(balance);
      }
    }
    return changes;
  }

  private static Condition below(int threshold, int clearAt) {
    return AlertWorld.below(Integer.toString(threshold), Integer.toString(clearAt));
  }

  private static String text(int balance) {
    return new BigDecimal(balance).setScale(2).toPlainString();
  }

  @Provide
  Arbitrary<List<Integer>> balances() {
    return Arbitraries.integers().between(-1, 8).list().ofMaxSize(40);
  }

  @Provide
  Arbitrary<List<Boolean>> cuts() {
    return Arbitraries.of(true, false).list().ofSize(40);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(-2, 8), Arbitraries.integers().between(1, 50))
        .as(Step::new)
        .list()
        .ofMaxSize(20);
  }
}
