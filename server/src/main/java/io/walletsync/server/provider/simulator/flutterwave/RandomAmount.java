package io.walletsync.server.provider.simulator.flutterwave;

import java.math.BigDecimal;
import java.util.random.RandomGenerator;

/** Amounts of plausible size, in major units with two decimals. */
final class RandomAmount {
  private static final long SMALLEST = 1_000;
  private static final long LARGEST = 500_000;

  private RandomAmount() {}

  static BigDecimal pick(RandomGenerator random) {
    return BigDecimal.valueOf(random.nextLong(SMALLEST, LARGEST + 1), 2);
  }

  /** Such an amount, or all there is if that is less. */
  static BigDecimal pick(RandomGenerator random, BigDecimal most) {
    return pick(random).min(most);
  }
}
