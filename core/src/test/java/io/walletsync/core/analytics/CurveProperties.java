package io.walletsync.core.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.analytics.Bucket.Figures;
import io.walletsync.core.balance.BalancePoint;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Any states in any calendar against a model that looks at each bucket by itself. */
final class CurveProperties {
  private static final int DECIMALS = 2;
  private static final int MANY = 10_000;
  private static final Instant YEAR = Instant.parse("2026-01-01T00:00:00Z");

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void everyBucketSaysWhatTheModelSays(
      @ForAll("points") List<BalancePoint> points,
      @ForAll @IntRange(max = 900) int begin,
      @ForAll @IntRange(min = 1, max = 900) int hours,
      @ForAll BucketSize size,
      @ForAll("zones") ZoneId zone) {
    var period = new Period(YEAR.plus(begin, ChronoUnit.HOURS), end(begin, hours));
    var pieces = size.cut(period, zone, MANY);

    var buckets = buckets(pieces, points);

    assertThat(buckets)
        .isEqualTo(pieces.stream().map(piece -> Model.bucket(piece, points)).toList());
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void bucketsAddUpToTheWhole(
      @ForAll("points") List<BalancePoint> points,
      @ForAll @IntRange(max = 900) int begin,
      @ForAll @IntRange(min = 1, max = 900) int hours,
      @ForAll BucketSize size,
      @ForAll("zones") ZoneId zone) {
    var period = new Period(YEAR.plus(begin, ChronoUnit.HOURS), end(begin, hours));
    var known =
        buckets(size.cut(period, zone, MANY), points).stream()
            .map(Bucket::figures)
            .filter(Objects::nonNull)
            .toList();

    var whole = buckets(List.of(period), points).getFirst().figures();

    if (whole == null) {
      assertThat(known).isEmpty();
      return;
    }
    assertThat(known.stream().mapToLong(Figures::changes).sum()).isEqualTo(whole.changes());
    assertThat(known.getFirst().opening()).isEqualTo(whole.opening());
    assertThat(known.getLast().closing()).isEqualTo(whole.closing());
    assertThat(known.stream().map(Figures::highest).reduce(BigDecimal::max))
        .contains(whole.highest());
    for (var i = 1; i < known.size(); i++) {
      assertThat(known.get(i).opening()).isEqualTo(known.get(i - 1).closing());
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void piecesFollowEachOtherAndBeginWhereTheCalendarSays(
      @ForAll @IntRange(max = 20_000) int begin,
      @ForAll @IntRange(min = 1, max = 5_000) int hours,
      @ForAll BucketSize size,
      @ForAll("zones") ZoneId zone) {
    var period = new Period(YEAR.plus(begin, ChronoUnit.HOURS), end(begin, hours));

    var pieces = size.cut(period, zone, MANY);

    assertThat(pieces.getFirst().from()).isEqualTo(period.from());
    assertThat(pieces.getLast().to()).isEqualTo(period.to());
    assertThat(pieces).allMatch(piece -> isOneBucket(size, piece, zone));
    for (var i = 1; i < pieces.size(); i++) {
      assertThat(pieces.get(i).from()).isEqualTo(pieces.get(i - 1).to());
      assertThat(isEdge(size, pieces.get(i).from(), zone)).isTrue();
    }
  }

  /** No bucket was passed over: begin and end lie in the same day, week or month. */
  private static boolean isOneBucket(BucketSize size, Period piece, ZoneId zone) {
    var first = piece.from().atZone(zone).toLocalDate();
    var last = piece.to().minusNanos(1).atZone(zone).toLocalDate();
    return switch (size) {
      case HOUR -> ChronoUnit.MINUTES.between(piece.from(), piece.to()) <= 60;
      case DAY -> first.equals(last);
      case WEEK -> first.with(DayOfWeek.MONDAY).equals(last.with(DayOfWeek.MONDAY));
      case MONTH -> YearMonth.from(first).equals(YearMonth.from(last));
    };
  }

  private static boolean isEdge(BucketSize size, Instant instant, ZoneId zone) {
    var local = instant.atZone(zone).toLocalDateTime();
    var begin = local.toLocalDate().atStartOfDay(zone).toInstant().equals(instant);
    return switch (size) {
      case HOUR ->
          local.toLocalTime().equals(LocalTime.of(local.getHour(), 0))
              || zone.getRules().getTransition(local) != null
              || zone.getRules()
                  .previousTransition(instant.plusNanos(1))
                  .getInstant()
                  .equals(instant);
      case DAY -> begin;
      case WEEK -> begin && local.getDayOfWeek().getValue() == 1;
      case MONTH -> begin && local.getDayOfMonth() == 1;
    };
  }

  private static Instant end(int begin, int hours) {
    return YEAR.plus(begin + hours, ChronoUnit.HOURS);
  }

  /** What the history hands over: the last state before, and those within. */
  private static List<Bucket> buckets(List<Period> pieces, List<BalancePoint> points) {
    var curve = new Curve(pieces, DECIMALS);
    var from = pieces.getFirst().from();
    var to = pieces.getLast().to();
    points.stream()
        .filter(point -> point.asOf().isBefore(from))
        .reduce((_, later) -> later)
        .ifPresent(curve);
    points.stream()
        .filter(point -> !point.asOf().isBefore(from) && point.asOf().isBefore(to))
        .forEach(curve);
    return curve.buckets();
  }

  /** One bucket out of all states, without carrying anything from bucket to bucket. */
  private static final class Model {
    static Bucket bucket(Period piece, List<BalancePoint> points) {
      var before = last(points, piece.from());
      var within =
          points.stream()
              .filter(p -> !p.asOf().isBefore(piece.from()) && p.asOf().isBefore(piece.to()))
              .toList();
      if (before == null && within.isEmpty()) {
        return new Bucket(piece, false, null);
      }
      var all = new ArrayList<BigDecimal>();
      if (before != null) {
        all.add(before.available());
      }
      within.forEach(point -> all.add(point.available()));
      var steps = new ArrayList<BigDecimal>();
      for (var i = 1; i < all.size(); i++) {
        steps.add(all.get(i).subtract(all.get(i - 1)));
      }
      var knownFrom = before == null ? within.getFirst().asOf() : piece.from();
      // a state of the same amount is one in which something else moved
      steps.removeIf(step -> step.signum() == 0);
      return new Bucket(
          piece,
          within.isEmpty(),
          new Figures(
              knownFrom,
              before == null ? null : before.available(),
              all.stream().reduce(BigDecimal::max).orElseThrow(),
              all.stream().reduce(BigDecimal::min).orElseThrow(),
              all.getLast(),
              before == null ? null : all.getLast().subtract(before.available()),
              steps.size(),
              average(piece, knownFrom, points, all),
              steps.stream()
                  .reduce((a, b) -> b.abs().compareTo(a.abs()) > 0 ? b : a)
                  .orElse(null)));
    }

    private static @Nullable BalancePoint last(List<BalancePoint> points, Instant before) {
      return points.stream()
          .filter(point -> point.asOf().isBefore(before))
          .reduce((_, later) -> later)
          .orElse(null);
    }

    private static BigDecimal average(
        Period piece, Instant knownFrom, List<BalancePoint> points, List<BigDecimal> amounts) {
      var area = BigDecimal.ZERO;
      for (var i = 0; i < points.size(); i++) {
        var end = i + 1 < points.size() ? points.get(i + 1).asOf() : piece.to();
        var from = later(points.get(i).asOf(), piece.from());
        var to = end.isBefore(piece.to()) ? end : piece.to();
        if (from.isBefore(to)) {
          area = area.add(points.get(i).available().multiply(micros(from, to)));
        }
      }
      var decimals = amounts.stream().mapToInt(BigDecimal::scale).max().orElseThrow();
      return area.divide(
          micros(knownFrom, piece.to()), Math.max(decimals, DECIMALS), RoundingMode.HALF_EVEN);
    }

    private static Instant later(Instant a, Instant b) {
      return a.isAfter(b) ? a : b;
    }

    private static BigDecimal micros(Instant from, Instant to) {
      return BigDecimal.valueOf(ChronoUnit.MICROS.between(from, to));
    }
  }

  /** Times often meet full hours, and so the edges of buckets. */
  @Provide
  Arbitrary<List<BalancePoint>> points() {
    var quarters = Arbitraries.integers().between(0, 4 * 1_900);
    // small ones too, so that amounts often stay as they were
    var amounts =
        Arbitraries.oneOf(
            Arbitraries.longs().between(-100_000, 100_000), Arbitraries.longs().between(0, 2));
    return quarters
        .set()
        .ofMaxSize(40)
        .flatMap(
            times ->
                amounts
                    .list()
                    .ofSize(times.size())
                    .map(values -> points(times.stream().sorted().toList(), values)));
  }

  private static List<BalancePoint> points(List<Integer> quarters, List<Long> amounts) {
    var points = new ArrayList<BalancePoint>();
    for (var quarter : quarters) {
      var number = points.size();
      points.add(
          new BalancePoint(
              number + 1,
              YEAR.plus(15L * quarter, ChronoUnit.MINUTES),
              BigDecimal.valueOf(amounts.get(number), amounts.get(number) > 2 ? number % 4 : 0)));
    }
    return points;
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(
            "UTC",
            "Africa/Lagos",
            "Europe/Berlin",
            "America/New_York",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "Asia/Beirut",
            "America/Havana",
            "Africa/Casablanca",
            "+03:30")
        .map(ZoneId::of);
  }
}
