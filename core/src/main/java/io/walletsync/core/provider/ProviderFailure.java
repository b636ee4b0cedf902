package io.walletsync.core.provider;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a provider gave no balance.
 *
 * @param detail one sentence in our own words; never the provider's text, never a secret
 * @param retryAfter how long the provider asked to be left alone, where it said so
 */
public record ProviderFailure(Reason reason, String detail, @Nullable Duration retryAfter) {
  /**
   * The kinds of failure; their lower-case names appear in answers, metrics and the audit trail.
   */
  public enum Reason {
    /** No connection could be made, or it broke before the reply was whole. */
    UNREACHABLE,
    /** No whole reply within the deadline. */
    TIMEOUT,
    /** The provider asked to slow down (429). */
    RATE_LIMITED,
    /** The provider refused the credentials (401, 403). */
    UNAUTHORIZED,
    /** The provider refused the request in another way (other 4xx, or a status that says no). */
    REJECTED,
    /** The provider failed (5xx). */
    UNAVAILABLE,
    /** The reply is not what the provider documents. */
    UNREADABLE,
    /** The reply lists no balance in the wallet's currency. */
    CURRENCY_MISSING;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static ProviderFailure of(Reason reason, String detail) {
    return new ProviderFailure(reason, detail, null);
  }
}
