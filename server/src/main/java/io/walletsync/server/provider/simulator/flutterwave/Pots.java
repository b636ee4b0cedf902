package io.walletsync.server.provider.simulator.flutterwave;

import java.math.BigDecimal;

/**
 * A wallet's two pots, in major units: what can be paid out, and what is collected and not yet
 * settled.
 */
record Pots(BigDecimal available, BigDecimal collected) {
  Pots {
    if (available.signum() < 0 || collected.signum() < 0) {
      throw new IllegalArgumentException("a balance cannot fall below zero");
    }
  }

  Pots plus(BigDecimal toAvailable, BigDecimal toCollected) {
    return new Pots(available.add(toAvailable), collected.add(toCollected));
  }
}
