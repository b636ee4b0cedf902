package io.walletsync.core.runway;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** One week: of each of its hours what went out and what came in, both without a sign. */
final class Week {
  static final int HOURS = 7 * 24;

  private final BigDecimal[] out = zeros();
  private final BigDecimal[] in = zeros();
  private final int[] changes = new int[HOURS];

  private static BigDecimal[] zeros() {
    var zeros = new BigDecimal[HOURS];
    Arrays.fill(zeros, BigDecimal.ZERO);
    return zeros;
  }

  /** All of them in one: the average week is that, divided by their number. */
  static Week sum(List<Week> weeks) {
    var sum = new Week();
    for (var week : weeks) {
      for (var hour = 0; hour < HOURS; hour++) {
        sum.out[hour] = sum.out[hour].add(week.out[hour]);
        sum.in[hour] = sum.in[hour].add(week.in[hour]);
        sum.changes[hour] += week.changes[hour];
      }
    }
    return sum;
  }

  void add(int hour, BigDecimal change) {
    if (change.signum() == 0) {
      return; // another amount of the balance changed
    }
    var side = change.signum() < 0 ? out : in;
    side[hour] = side[hour].add(change.abs());
    changes[hour]++;
  }

  BigDecimal out(int hour) {
    return out[hour];
  }

  BigDecimal in(int hour) {
    return in[hour];
  }

  long countChanges() {
    return Arrays.stream(changes).asLongStream().sum();
  }
}
