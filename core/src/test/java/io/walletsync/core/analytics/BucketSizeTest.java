package io.walletsync.core.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.kernel.InvalidValue;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Buckets are those of the calendar and the clock on the wall, wherever that hangs. */
final class BucketSizeTest {
  private static final int MANY = 1_000;

  @Test
  void aDayInLagosBeginsAnHourBeforeThatOfGreenwich() {
    assertThat(
            edges(BucketSize.DAY, "Africa/Lagos", "2026-11-22T00:00:00Z", "2026-11-24T00:00:00Z"))
        .containsExactly(
            "2026-11-22T00:00:00Z",
            "2026-11-22T23:00:00Z",
            "2026-11-23T23:00:00Z",
            "2026-11-24T00:00:00Z");
  }

  @Test
  void aDayOnWhichTheClockIsChangedIsShorterOrLonger() {
    var spring =
        cut(BucketSize.DAY, "Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z");
    var autumn =
        cut(BucketSize.DAY, "Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z");

    assertThat(lengths(spring)).containsExactly(Duration.ofHours(23));
    assertThat(lengths(autumn)).containsExactly(Duration.ofHours(25));
  }

  @Test
  void anHourThatTheClockShowsTwiceIsTwoHours() {
    assertThat(
            edges(BucketSize.HOUR, "Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z"))
        .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
  }

  @Test
  void anHourEndsWhereTheLocalClockShowsAFullOne() {
    assertThat(
            edges(
                BucketSize.HOUR, "Asia/Kathmandu", "2026-01-01T00:00:00Z", "2026-01-01T02:00:00Z"))
        .containsExactly(
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:15:00Z",
            "2026-01-01T01:15:00Z",
            "2026-01-01T02:00:00Z");
    // half an hour at once: at 02:00 it is 02:30, and half a year later 01:30
    assertThat(
            edges(
                BucketSize.HOUR,
                "Australia/Lord_Howe",
                "2026-10-03T14:30:00Z",
                "2026-10-03T17:00:00Z"))
        .containsExactly(
            "2026-10-03T14:30:00Z",
            "2026-10-03T15:30:00Z",
            "2026-10-03T16:00:00Z",
            "2026-10-03T17:00:00Z");
  }

  @Test
  void aDayThatAClockChangeBeginsIsNotLost() {
    // in Beirut the clock goes from 00:00 to 01:00
    assertThat(edges(BucketSize.DAY, "Asia/Beirut", "2026-03-27T22:00:00Z", "2026-03-29T21:00:00Z"))
        .containsExactly("2026-03-27T22:00:00Z", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z");
  }

  @Test
  void aDayThatACountryLeftOutIsNoBucket() {
    // in Apia the 30th of December 2011 never was
    assertThat(
            edges(BucketSize.DAY, "Pacific/Apia", "2011-12-29T10:00:00Z", "2011-12-31T10:00:00Z"))
        .containsExactly("2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z");
  }

  @Test
  void monthsHaveTheirOwnLengths() {
    assertThat(
            lengths(cut(BucketSize.MONTH, "UTC", "2028-01-01T00:00:00Z", "2028-05-01T00:00:00Z")))
        .extracting(Duration::toDays)
        .containsExactly(31L, 29L, 31L, 30L);
    assertThat(edges(BucketSize.MONTH, "UTC", "2026-01-31T12:00:00Z", "2026-04-30T00:00:00Z"))
        .containsExactly(
            "2026-01-31T12:00:00Z",
            "2026-02-01T00:00:00Z",
            "2026-03-01T00:00:00Z",
            "2026-04-01T00:00:00Z",
            "2026-04-30T00:00:00Z");
  }

  @Test
  void aWeekBeginsOnMondayAlsoWhereAYearDoesNot() {
    assertThat(edges(BucketSize.WEEK, "UTC", "2026-12-30T00:00:00Z", "2027-01-12T00:00:00Z"))
        .containsExactly(
            "2026-12-30T00:00:00Z",
            "2027-01-04T00:00:00Z",
            "2027-01-11T00:00:00Z",
            "2027-01-12T00:00:00Z");
  }

  @Test
  void aPeriodOfMorePiecesThanWantedIsNotCutToItsEnd() {
    var pieces =
        BucketSize.HOUR.cut(
            new Period(
                Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z")),
            ZoneId.of("Africa/Lagos"),
            3);

    assertThat(pieces).hasSize(3);
  }

  @Test
  void aPeriodThatEndsWhereItBeginsIsNone() {
    var now = Instant.parse("2026-01-01T00:00:00Z");

    assertThatThrownBy(() -> new Period(now, now)).isInstanceOf(InvalidValue.class);
  }

  private static List<Period> cut(BucketSize size, String zone, String from, String to) {
    return size.cut(new Period(Instant.parse(from), Instant.parse(to)), ZoneId.of(zone), MANY);
  }

  private static List<String> edges(BucketSize size, String zone, String from, String to) {
    var pieces = cut(size, zone, from, to);
    return Stream.concat(pieces.stream().map(Period::from), Stream.of(pieces.getLast().to()))
        .map(Instant::toString)
        .toList();
  }

  private static List<Duration> lengths(List<Period> pieces) {
    return pieces.stream().map(piece -> Duration.between(piece.from(), piece.to())).toList();
  }
}
