package io.walletsync.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

final class BackOffProperties {
  private static final Duration STANDARD = Duration.ofMinutes(5);
  private static final double MIDDLE = 0.5;

  @Example
  void doublesFromAMinuteToAnHour() {
    assertThat(after(STANDARD, 1)).isEqualTo(Duration.ofMinutes(1));
    assertThat(after(STANDARD, 2)).isEqualTo(Duration.ofMinutes(2));
    assertThat(after(STANDARD, 6)).isEqualTo(Duration.ofMinutes(32));
    assertThat(after(STANDARD, 7)).isEqualTo(Duration.ofHours(1));
    assertThat(after(STANDARD, 1_000_000)).isEqualTo(Duration.ofHours(1));
  }

  @Example
  void beginsWithAShortIntervalAndEndsWithALongOne() {
    assertThat(after(Duration.ofSeconds(10), 1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(after(Duration.ofHours(6), 100)).isEqualTo(Duration.ofHours(6));
  }

  @Property
  void variesByAFifth(
      @ForAll @IntRange(min = 10, max = 86_400) int seconds,
      @ForAll @IntRange(min = 1, max = 100) int failures,
      @ForAll @DoubleRange(max = 1) double chance) {
    var interval = Duration.ofSeconds(seconds);

    assertThat(BackOff.after(interval, failures, null, chance).toMillis())
        .isBetween(
            (long) (after(interval, failures).toMillis() * 0.79),
            (long) (after(interval, failures).toMillis() * 1.21));
  }

  @Property
  void neverAsksSoonerThanTheProviderAllows(
      @ForAll @IntRange(min = 10, max = 86_400) int seconds,
      @ForAll @IntRange(min = 1, max = 100) int failures,
      @ForAll @IntRange(max = 86_400) int retryAfter,
      @ForAll @DoubleRange(max = 1) double chance) {
    var asked = Duration.ofSeconds(retryAfter);

    assertThat(BackOff.after(Duration.ofSeconds(seconds), failures, asked, chance))
        .isGreaterThanOrEqualTo(asked);
  }

  @Example
  void aProviderThatAsksForAYearIsAskedAgainTheNextDay() {
    assertThat(BackOff.after(STANDARD, 1, Duration.ofDays(365), 0)).isEqualTo(Duration.ofDays(1));
  }

  private static Duration after(Duration interval, int failures) {
    return BackOff.after(interval, failures, null, MIDDLE);
  }
}
