package io.walletsync.server.provider.simulator.flutterwave;

import java.math.BigDecimal;
import java.time.Instant;

/** A movement of what a wallet can pay out, and that amount before and after it. */
record StatementLine(
    Cause cause,
    String currency,
    BigDecimal before,
    BigDecimal after,
    String reference,
    Instant at) {
  /** Why it moved. */
  enum Cause {
    FUNDING("Test balance funding"),
    SETTLEMENT("Settlement"),
    TRANSFER("Payout");

    private final String remarks;

    Cause(String remarks) {
      this.remarks = remarks;
    }

    String remarks() {
      return remarks;
    }
  }

  boolean isCredit() {
    return after.compareTo(before) >= 0;
  }

  BigDecimal amount() {
    return after.subtract(before).abs();
  }
}
