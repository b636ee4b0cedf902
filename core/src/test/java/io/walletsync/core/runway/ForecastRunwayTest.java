package io.walletsync.core.runway;

import static io.walletsync.core.runway.RunwayWorld.row;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.runway.ForecastRunway.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long the money lasts, week by week and hour by hour. */
class ForecastRunwayTest {
  private static final Instant MONDAY = Instant.parse("2026-11-02T00:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final RunwayWorld world = new RunwayWorld();

  @Test
  void fromTooLittleNothingIsForecast() {
    assertThat(world.outcome()).isInstanceOf(Outcome.NoBalanceYet.class);
    world.read(MONDAY, "100");
    world.read(MONDAY.plus(WEEK.multipliedBy(2)).minusSeconds(1), "90");

    var refused = (Outcome.InsufficientHistory) world.outcome();

    assertThat(refused.weeks()).isEqualTo(1);
    assertThat(refused.knownFrom()).isEqualTo(MONDAY);
    world.read(MONDAY.plus(WEEK.multipliedBy(2)), "90");
    assertThat(world.runway().history().weeks()).isEqualTo(2);
  }

  @Test
  void theHeaviestWeekIsTheEarliestAndTheLightestTheLatest() {
    world.read(MONDAY.minusSeconds(1), "1000");
    world.read(tuesday(0), "990"); // 10 out
    world.read(tuesday(1), "960"); // 30 out
    world.read(tuesday(2), "940"); // 20 out
    var now = MONDAY.plus(WEEK.multipliedBy(3));
    world.read(now, "940");
    world.plan("885"); // 55 above it

    var runway = world.runway();

    // 30 a week: below on the second Tuesday; 20: on the third; 10: not in thirty days
    assertThat(runway.earliest().runsOutAt()).isEqualTo(tuesday(4));
    assertThat(runway.expected().runsOutAt()).isEqualTo(tuesday(5));
    assertThat(runway.latest().runsOutAt()).isNull();
    assertThat(runway.lasts(runway.earliest())).contains(Duration.between(now, tuesday(4)));
    assertThat(runway.lasts(runway.latest())).isEmpty();
    assertThat(runway.lastsAtLeast(Duration.between(now, tuesday(4)), runway.earliest())).isTrue();
    assertThat(
            runway.lastsAtLeast(
                Duration.between(now, tuesday(4)).plusNanos(1_000), runway.earliest()))
        .isFalse();
    assertThat(runway.lastsAtLeast(Duration.ofDays(31), runway.latest()))
        .as("not looked")
        .isFalse();
  }

  @Test
  void whatIsSetAsideForPayoutsIsSpokenFor() {
    world.read(MONDAY.minusSeconds(1), "1000");
    world.read(tuesday(0), "980"); // 20 out
    world.read(tuesday(1), "960"); // 20 out
    world.read(MONDAY.plus(WEEK.multipliedBy(2)), "960");
    world.plan("890"); // 70 above it
    assertThat(world.runway().earliest().runsOutAt()).isEqualTo(tuesday(5));
    var payout = world.reserve("p-1", "45");
    world.reserve("p-2", "5");

    var runway = world.runway();

    assertThat(runway.reserved()).isEqualTo(Examples.naira("50"));
    assertThat(runway.earliest().runsOutAt()).as("20 are left").isEqualTo(tuesday(3));
    world.release(payout);
    assertThat(world.runway().earliest().runsOutAt()).isEqualTo(tuesday(5));
    world.reserve("p-3", "66");
    assertThat(world.runway().earliest().runsOutAt())
        .as("less is left than the minimum")
        .isEqualTo(MONDAY.plus(WEEK.multipliedBy(2)));
  }

  @Test
  void whatIsPlannedAndSetAsideUnderOneReferenceIsOnePayout() {
    world.read(MONDAY.minusSeconds(1), "1000");
    var now = MONDAY.plus(WEEK.multipliedBy(2));
    world.read(now, "1000");
    var friday = now.plus(Duration.ofDays(4));
    world.plan("0", row(friday, "600", "payroll"));
    world.reserve("payroll", "600");
    assertThat(world.runway().earliest().runsOutAt()).isNull();

    world.plan("0", row(friday, "1000.01", "payroll"));

    assertThat(world.runway().earliest().runsOutAt()).as("the rest is planned").isEqualTo(friday);
    world.plan("0", row(friday, "600", "another"));
    assertThat(world.runway().earliest().runsOutAt()).isEqualTo(friday);
  }

  @Test
  void whatIsPlannedComesBesides() {
    quiet("100");
    var now = world.clock.instant();
    world.plan(
        "10",
        row(now.plus(Duration.ofDays(3)), "40", "second"),
        row(now.plus(Duration.ofDays(1)), "50", "first"),
        row(now.minusSeconds(1), "1000", "is in the balance already"),
        row(now.plus(Duration.ofDays(60)), "1000", "beyond the horizon"));
    assertThat(world.runway().earliest().runsOutAt()).as("exactly enough").isNull();
    assertThat(world.runway().planned()).hasSize(2);

    world.plan(
        "10.01",
        row(now.plus(Duration.ofDays(3)), "40", "second"),
        row(now.plus(Duration.ofDays(1)), "50", "first"));

    for (var scenario :
        new Runway.Scenario[] {
          world.runway().earliest(), world.runway().expected(), world.runway().latest()
        }) {
      assertThat(scenario.runsOutAt()).isEqualTo(now.plus(Duration.ofDays(3)));
      assertThat(requireNonNull(scenario.firstUncovered()).reference()).isEqualTo("second");
    }
  }

  @Test
  void aMinimumThatIsAskedForTakesThePlaceOfThePlanned() {
    quiet("100");
    world.plan("500");

    var below = world.runway();
    var asked =
        ((Outcome.Forecast)
                world.outcome(ZoneOffset.UTC, "100", ForecastRunway.USUAL_HORIZON, false))
            .runway();

    assertThat(below.latest().runsOutAt()).as("it is below now").isEqualTo(below.knownAt());
    assertThat(below.lasts(below.latest())).contains(Duration.ZERO);
    assertThat(asked.earliest().runsOutAt()).isNull();
  }

  @Test
  void whatCameInCountsOnlyWhereThatIsAsked() {
    world.read(MONDAY.minusSeconds(1), "100");
    for (var week = 0; week < 3; week++) {
      world.read(tuesday(week), "50"); // 50 out
      world.read(tuesday(week).plusSeconds(7_200), "100"); // 50 in, two hours later
    }
    world.read(MONDAY.plus(WEEK.multipliedBy(3)), "100");

    var ignored = world.runway(ZoneOffset.UTC, Duration.ofDays(60), false);
    var counted = world.runway(ZoneOffset.UTC, Duration.ofDays(60), true);

    assertThat(ignored.earliest().runsOutAt()).isEqualTo(tuesday(5));
    assertThat(counted.earliest().runsOutAt()).isNull();
  }

  @Test
  void theForecastBeginsWhereTheBalanceWasLastKnown() {
    world.read(MONDAY.minusSeconds(1), "1000");
    for (var week = 0; week < 3; week++) {
      world.read(tuesday(week), Integer.toString(900 - 100 * week));
    }
    var known = MONDAY.plus(WEEK.multipliedBy(3));
    world.read(known, "700");
    world.clock.set(tuesday(10));

    var runway = world.runway();

    assertThat(runway.knownAt()).isEqualTo(known);
    assertThat(runway.age()).isEqualTo(Duration.between(known, tuesday(10)));
    assertThat(runway.earliest().runsOutAt()).as("every Tuesday since").isEqualTo(tuesday(10));
  }

  @Test
  void hoursAreThoseOfTheLocalClockAlsoWhereItIsSetMeanwhile() {
    // set back on 25 October 2026: the second Friday to come lies behind it
    assertThat(fridaysAtNine("2026-09-21T00:00:00", "450"))
        .isEqualTo(friday("2026-10-30T09:00:00"));
  }

  @Test
  void hoursAreThoseOfTheLocalClockAlsoWhereItWasSetBefore() {
    // set forward on 29 March 2026, between the third Friday and the fourth
    assertThat(fridaysAtNine("2026-03-09T00:00:00", "550"))
        .isEqualTo(friday("2026-04-10T09:00:00"));
  }

  /**
   * When it runs out where a hundred went out every Friday at nine, four times, and 600 are left.
   */
  private @Nullable Instant fridaysAtNine(String monday, String minimum) {
    var start = LocalDateTime.parse(monday);
    world.read(start.atZone(BERLIN).toInstant().minusSeconds(1), "1000");
    for (var week = 0; week < 4; week++) {
      var friday = start.plusWeeks(week).plusDays(4).plusHours(9).atZone(BERLIN).toInstant();
      world.read(friday, Integer.toString(900 - 100 * week));
    }
    world.read(start.plusWeeks(4).atZone(BERLIN).toInstant(), "600");
    world.plan(minimum);
    var runway = world.runway(BERLIN, Duration.ofDays(60), false);
    assertThat(runway.earliest()).isEqualTo(runway.latest());
    return runway.earliest().runsOutAt();
  }

  private static Instant friday(String local) {
    return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
  }

  @Test
  void whatWasPlannedBeforeIsReplacedAndSaidAgainNothingChanges() {
    world.plan("1", row(MONDAY, "5", "a"));
    var first = (PlanOutflows.Outcome.Planned) world.plan("2", row(MONDAY, "5.0", "b"));
    world.clock.advance(WEEK);

    var again = (PlanOutflows.Outcome.Planned) world.plan("2.00", row(MONDAY, "5", "b"));

    assertThat(again.plan()).isEqualTo(first.plan());
    assertThat(again.plan().changedAt()).isEqualTo(Examples.MORNING);
    assertThat(
            world
                .storage
                .auditTrail()
                .page(new AuditTrail.Query("plan_outflows", null, null, null, 10))
                .items())
        .hasSize(2);
  }

  @Test
  void aClosedWalletHasNoForecastAndTakesNoPlan() {
    world.storage.wallets().update(world.wallet.closed(Examples.MORNING));

    assertThat(world.outcome()).isInstanceOf(Outcome.WalletClosed.class);
    assertThat(world.plan("1")).isInstanceOf(PlanOutflows.Outcome.WalletClosed.class);
  }

  /** Three weeks in which nothing happened. */
  private void quiet(String balance) {
    IntStream.range(0, 4)
        .forEach(week -> world.read(MONDAY.plus(WEEK.multipliedBy(week)), balance));
  }

  private static Instant tuesday(int week) {
    return MONDAY.plus(WEEK.multipliedBy(week)).plus(Duration.ofHours(33));
  }
}
