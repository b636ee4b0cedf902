package io.walletsync.core.access;

import java.util.Locale;

/** What exactly was wrong: for the audit trail only, never for the caller. */
enum Flaw {
  MISSING(Refusal.SIGNATURE),
  MALFORMED(Refusal.SIGNATURE),
  COMPONENT_MISSING(Refusal.SIGNATURE),
  UNKNOWN_KEY(Refusal.SIGNATURE),
  REVOKED_KEY(Refusal.SIGNATURE),
  MISMATCH(Refusal.SIGNATURE),
  CONTENT_DIGEST(Refusal.SIGNATURE),
  TIMESTAMP(Refusal.TIMESTAMP),
  EXPIRED(Refusal.TIMESTAMP),
  NONCE_MISSING(Refusal.SIGNATURE),
  NONCE_REUSED(Refusal.NONCE_REUSED),
  SCOPE(Refusal.SCOPE);

  private final Refusal refusal;

  Flaw(Refusal refusal) {
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
