package io.walletsync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ratios are of figures of one round, and a mark is a floor or a ceiling. */
class MarksTest {
  private final Results results = new Results();

  @Test
  void aRatioIsTheMedianOfThoseOfTheRounds() {
    add("limit-sync", 32, 1000, 5);
    add("limit-sync", 32, 2000, 5);
    add("limit-sync", 32, 500, 5);
    add("post-changed", 32, 700, 5);
    add("post-changed", 32, 1600, 5);
    add("post-changed", 32, 500, 5);

    var mark = Marks.of(results).getFirst();

    assertThat(mark.ratio()).isEqualTo(0.8);
    assertThat(mark.isReached()).isTrue();
  }

  @Test
  void aLoneClientMayTakeHalfAsLongAgainAsItsParts() {
    add("limit-sync", 1, 100, 2);
    add("stub", 1, 100, 1);
    add("post-changed", 1, 100, 4.6);

    var mark = Marks.of(results).getFirst();

    assertThat(mark.ratio()).isBetween(1.53, 1.54);
    assertThat(mark.isReached()).isFalse();
  }

  @Test
  void whatWasNotMeasuredHasNoMark() {
    add("post-changed", 32, 700, 5);

    assertThat(Marks.of(results)).isEmpty();
  }

  private void add(String name, int connections, double perSecond, double p50) {
    results.add(
        new Results.Line(name, name, connections),
        new Sample(perSecond, p50, p50, p50, 0, 0, 0, 0, 0));
  }
}
