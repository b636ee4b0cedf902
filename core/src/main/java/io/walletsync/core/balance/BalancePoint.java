package io.walletsync.core.balance;

import java.math.BigDecimal;
import java.time.Instant;

/** Since when a wallet had this available amount, in its own currency: all that a curve needs. */
public record BalancePoint(long sequence, Instant asOf, BigDecimal available) {
  /** Without zeros that say nothing, so that equal amounts are equal. */
  public BalancePoint {
    available = available.stripTrailingZeros();
    available = available.scale() < 0 ? available.setScale(0) : available;
  }
}
