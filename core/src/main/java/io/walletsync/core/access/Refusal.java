package io.walletsync.core.access;

/** Why a request is not served; callers learn no more than this. */
public enum Refusal {
  /** No signature, an unreadable one, an unknown or revoked key, or a wrong signature. */
  SIGNATURE,
  /** Signed too long ago, too far in the future, or expired. */
  TIMESTAMP,
  /** The nonce was used before. */
  NONCE_REUSED,
  /** The key lacks the scope. */
  SCOPE
}
