package io.walletsync.server.provider.simulator.paystack;

import java.util.random.RandomGenerator;

/** A change that a shop's balance could see: customers pay in, refunds and payouts go out. */
record Movement(long difference, String model) {
  private static final long SMALLEST = 1_000;
  private static final long LARGEST = 500_000;
  private static final long FULL = 1_000_000_000_000_000L;

  /** One of plausible size that the balance can bear: it never takes more than is there. */
  static Movement random(long balance, RandomGenerator random) {
    long size = random.nextLong(SMALLEST, LARGEST + 1);
    int kind = random.nextInt(10);
    if (balance == 0 || (kind < 6 && balance < FULL)) {
      return new Movement(size, "Transaction");
    }
    return new Movement(-Math.min(size, balance), kind < 8 ? "Refund" : "Transfer");
  }
}
