package io.walletsync.server.provider.simulator.fincra;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Why the amounts of a wallet change (guides, "Wallets"), and which of them do. */
public enum Cause {
  /** Somebody paid in. */
  COLLECTION(1, 0, "collection successful", "collections", "collection.successful"),
  /** A payout locks its amount; nothing announces that. */
  PAYOUT_STARTED(-1, 1, "disbursement initiated", "payout initiated", null),
  /** What was locked is gone. */
  PAYOUT_DONE(0, -1, "disbursement successful", "payout successful", "payout.successful"),
  /** What was locked comes back. */
  PAYOUT_FAILED(1, -1, "disbursement failed", "payout failed", "payout.failed");

  private final BigDecimal available;
  private final BigDecimal locked;
  private final String description;
  private final String reason;
  private final @Nullable String event;

  Cause(int available, int locked, String description, String reason, @Nullable String event) {
    this.available = BigDecimal.valueOf(available);
    this.locked = BigDecimal.valueOf(locked);
    this.description = description;
    this.reason = reason;
    this.event = event;
  }

  BigDecimal availableAfter(BigDecimal before, BigDecimal amount) {
    return before.add(available.multiply(amount));
  }

  BigDecimal lockedAfter(BigDecimal before, BigDecimal amount) {
    return before.add(locked.multiply(amount));
  }

  /** Debit or credit: to start a payout counts as a debit though the ledger stays. */
  String action() {
    return available.signum() > 0 ? "credit" : "debit";
  }

  String description() {
    return description;
  }

  String reason() {
    return reason;
  }

  /** The webhook that announces it; null where none does. */
  @Nullable String event() {
    return event;
  }
}
