package io.walletsync.core.retention;

import java.util.Locale;

/** The kinds of rows that are kept for a while only; everything else is kept for ever. */
public enum Perishable {
  /** Until no signature that carries it can be in time. */
  NONCE,
  /** Until the time that each was given when it was claimed. */
  IDEMPOTENCY_RECORD,
  /** For so long after it was received, and until it waits for nothing. */
  PROVIDER_EVENT,
  /** Until notifications signed with it are no longer accepted. */
  RETIRED_WEBHOOK_SECRET,
  /** For so long after it was over, with the failures it kept. */
  SYNC_RUN,
  /** For so long after it was delivered or given up, with its attempts. */
  DELIVERY;

  /** Its name in metrics and logs. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of the recurring task that forgets it. */
  public String task() {
    return "forget_" + label();
  }
}
