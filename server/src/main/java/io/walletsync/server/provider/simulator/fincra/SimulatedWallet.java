package io.walletsync.server.provider.simulator.fincra;

import java.math.BigDecimal;
import java.time.Instant;

/** A wallet at one moment; what is locked is part of the ledger. */
record SimulatedWallet(
    long id,
    String business,
    String currency,
    BigDecimal available,
    BigDecimal locked,
    Instant createdAt,
    Instant updatedAt) {
  BigDecimal ledger() {
    return available.add(locked);
  }

  SimulatedWallet after(Cause cause, BigDecimal amount, Instant now) {
    var after =
        new SimulatedWallet(
            id,
            business,
            currency,
            cause.availableAfter(available, amount),
            cause.lockedAfter(locked, amount),
            createdAt,
            now);
    if (after.available.signum() < 0 || after.locked.signum() < 0) {
      throw new IllegalArgumentException("an amount cannot fall below zero");
    }
    return after;
  }
}
