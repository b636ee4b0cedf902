package io.walletsync.core.runway;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.runway.PlanOutflows.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Any past and any plan against a model that walks through the hours. */
final class RunwayProperties {
  private static final int WEEKS = 3;
  private static final int HOURS = WEEKS * 7 * 24;
  private static final int HORIZON = 20 * 24;
  private static final Instant START = Examples.MORNING.plusSeconds(17);
  private static final Instant NOW = START.plus(Duration.ofHours(HOURS));

  /** The balance became so much, so many hours after the start and a few seconds. */
  record Change(int hour, int balance) {}

  record Planned(int hour, int amount) {}

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void runsOutWhereTheModelDoes(
      @ForAll("changes") List<Change> changes,
      @ForAll("plans") List<Planned> plans,
      @ForAll boolean countsInflows) {
    var world = world(changes, plans);
    var balances = balances(changes);
    var runway = world.runway(ZoneOffset.UTC, Duration.ofHours(HORIZON), countsInflows);
    var each = new ArrayList<Integer>();
    for (var week = 0; week < WEEKS; week++) {
      each.add(model(balances, List.of(week), plans, countsInflows));
    }
    each.sort(null);
    var expected = model(balances, List.of(0, 1, 2), plans, countsInflows);

    assertThat(hour(runway.earliest())).isEqualTo(each.getFirst());
    assertThat(hour(runway.expected())).isEqualTo(expected).isGreaterThanOrEqualTo(each.getFirst());
    assertThat(hour(runway.latest())).isEqualTo(Math.max(each.getLast(), expected));
    if (!countsInflows) {
      assertThat(expected).isLessThanOrEqualTo(each.getLast());
    }
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void whoPlansMoreOrKeepsMoreNeverLastsLonger(
      @ForAll("changes") List<Change> changes, @ForAll("plans") List<Planned> plans) {
    var few = world(changes, plans.subList(0, plans.size() / 2));
    var all = world(changes, plans);

    var runway = runway(all);
    assertThat(hour(runway.expected())).isLessThanOrEqualTo(hour(runway(few).expected()));
    all.plan("5", rows(plans));
    assertThat(hour(runway(all).expected())).isLessThanOrEqualTo(hour(runway.expected()));
  }

  private static Runway runway(RunwayWorld world) {
    return world.runway(ZoneOffset.UTC, Duration.ofHours(HORIZON), false);
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    return Combinators.combine(
            Arbitraries.integers().between(1, HOURS - 1), Arbitraries.integers().between(1, 30))
        .as(Change::new)
        .list()
        .ofMaxSize(25)
        .uniqueElements(Change::hour);
  }

  @Provide
  Arbitrary<List<Planned>> plans() {
    return Combinators.combine(
            Arbitraries.integers().between(1, HORIZON - 1), Arbitraries.integers().between(1, 8))
        .as(Planned::new)
        .list()
        .ofMaxSize(5);
  }

  private static RunwayWorld world(List<Change> changes, List<Planned> plans) {
    var world = new RunwayWorld();
    world.read(START, "20");
    balances(changes)
        .forEach(
            (hour, balance) ->
                world.read(
                    START.plus(Duration.ofHours(hour)).plusSeconds(5), Integer.toString(balance)));
    var last = balances(changes).lastEntry();
    world.read(NOW, Integer.toString(last == null ? 20 : last.getValue()));
    world.plan("0", rows(plans));
    return world;
  }

  private static Row[] rows(List<Planned> plans) {
    var rows = new ArrayList<Row>();
    for (var planned : plans) {
      rows.add(
          new Row(
              NOW.plus(Duration.ofHours(planned.hour())).minusSeconds(1),
              BigDecimal.valueOf(planned.amount()),
              "p" + rows.size()));
    }
    return rows.toArray(Row[]::new);
  }

  private static NavigableMap<Integer, Integer> balances(List<Change> changes) {
    var balances = new TreeMap<Integer, Integer>();
    changes.forEach(change -> balances.put(change.hour(), change.balance()));
    return balances;
  }

  /** The hour in which it runs out, or the horizon; all is counted once for each of the weeks. */
  private static int model(
      NavigableMap<Integer, Integer> balances,
      List<Integer> weeks,
      List<Planned> plans,
      boolean countsInflows) {
    var last = balances.lastEntry();
    var level = (last == null ? 20 : last.getValue()) * weeks.size();
    for (var hour = 0; hour < HORIZON; hour++) {
      for (var planned : plans) {
        if (planned.hour() == hour) {
          level -= planned.amount() * weeks.size();
          if (level < 0) {
            return hour - 1; // a second before the hour began
          }
        }
      }
      var in = 0;
      for (var week : weeks) {
        var past = week * 7 * 24 + hour % (7 * 24);
        var after = balances.get(past);
        if (after != null) {
          var before = balances.lowerEntry(past);
          var change = after - (before == null ? 20 : before.getValue());
          level += Math.min(change, 0);
          in += Math.max(change, 0);
        }
      }
      if (level < 0) {
        return hour;
      }
      level += countsInflows ? in : 0;
    }
    return HORIZON;
  }

  private static int hour(Runway.Scenario scenario) {
    @Nullable Instant at = scenario.runsOutAt();
    return at == null ? HORIZON : (int) Duration.between(NOW, at).toHours();
  }
}
