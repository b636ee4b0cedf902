package io.walletsync.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.wallet.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class SlotProperties {
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

  @Property
  void theNextTurnComesAfterThreeQuartersOfTheIntervalAndBeforeTwo(
      @ForAll long phase,
      @ForAll @LongRange(max = 1_000_000_000_000_000L) long micros,
      @ForAll @IntRange(min = 10, max = 86_400) int seconds,
      @ForAll @IntRange(max = 1_000_000) int tookMicros) {
    var began = at(micros);
    var interval = Duration.ofSeconds(seconds);

    var next = new Slot(phase).after(began, began.plusNanos(tookMicros * 1000L), interval);

    assertThat(Duration.between(began, next))
        .isGreaterThanOrEqualTo(interval.multipliedBy(3).dividedBy(4))
        .isLessThan(interval.multipliedBy(7).dividedBy(4).plusMillis(1));
  }

  @Property
  void aTurnOnTimeIsFollowedByOneExactlyAnIntervalLater(
      @ForAll long phase,
      @ForAll @LongRange(max = 1_000_000_000_000_000L) long micros,
      @ForAll @IntRange(min = 10, max = 86_400) int seconds,
      @ForAll @IntRange(max = 2_000_000) int lateMicros) {
    var slot = new Slot(phase);
    var interval = Duration.ofSeconds(seconds);
    var due = slot.atOrAfter(at(micros), interval);
    var began = due.plusNanos(lateMicros * 1000L);

    assertThat(slot.after(began, began.plusMillis(300), interval)).isEqualTo(due.plus(interval));
  }

  @Property
  void whatWasMissedIsNotMadeUp(
      @ForAll long phase,
      @ForAll @LongRange(max = 1_000_000_000_000_000L) long micros,
      @ForAll @IntRange(min = 10, max = 86_400) int seconds,
      @ForAll @IntRange(min = 1, max = 1000) int missed) {
    var slot = new Slot(phase);
    var interval = Duration.ofSeconds(seconds);
    var ends = at(micros).plus(interval.multipliedBy(missed));

    // a sync that took as long as an outage: the next turn lies ahead, in the slot of before
    var next = slot.after(at(micros), ends, interval);

    assertThat(next).isAfterOrEqualTo(ends);
    assertThat(next).isEqualTo(slot.atOrAfter(next, interval));
  }

  @Property
  void walletsOfOneCallMeetAgainWhereverTheyBegan(
      @ForAll long phase,
      @ForAll @LongRange(max = 1_000_000_000_000_000L) long one,
      @ForAll @LongRange(max = 1_000_000_000_000_000L) long other,
      @ForAll @IntRange(min = 10, max = 86_400) int seconds) {
    var slot = new Slot(phase);
    var interval = Duration.ofSeconds(seconds);

    var apart =
        Duration.between(slot.atOrAfter(at(one), interval), slot.atOrAfter(at(other), interval));

    assertThat(apart.toMillis() % interval.toMillis()).isZero();
  }

  @Property(tries = 20)
  void connectionsMadeOneAfterTheOtherAreSpreadOverTheInterval(@ForAll long high) {
    var tenths = new int[10];
    var interval = Duration.ofMinutes(5);
    for (var i = 0; i < 2_000; i++) {
      var slot = Slot.of(new ConnectionId(new UUID(high, 0x8000_0000_0000_0000L + i)), "");
      var place = slot.atOrAfter(at(0), interval).toEpochMilli() % interval.toMillis();
      tenths[(int) (place * 10 / interval.toMillis())]++;
    }

    for (var tenth : tenths) {
      assertThat(tenth).isBetween(120, 280);
    }
  }

  private static Instant at(long micros) {
    return NEW_YEAR.plus(micros, ChronoUnit.MICROS);
  }
}
