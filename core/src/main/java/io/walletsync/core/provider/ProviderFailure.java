package io.walletsync.core.provider;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a provider gave no balance.
 *
 * @param detail one sentence in our own words; never the provider's text, never a secret
 * @param retryAfter after how long asking again may help, where that is known
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
    /** The provider refused the credentials (401). */
    UNAUTHORIZED,
    /** The provider knows the credentials, but they may not do this (403). */
    FORBIDDEN,
    /** The provider does not talk to our network address: its allow-list lacks it. */
    ADDRESS_REFUSED,
    /** The provider refused the request in another way (other 4xx, or a status that says no). */
    REJECTED,
    /** The provider failed (5xx). */
    UNAVAILABLE,
    /** The reply is not what the provider documents. */
    UNREADABLE,
    /** The reply lists no balance in the wallet's currency. */
    CURRENCY_MISSING,
    /** The provider has no such account under this connection. */
    ACCOUNT_MISSING,
    /** The first balance ever read contradicts itself, so there is none to fall back on. */
    IN_DOUBT,
    /** It was not asked: its calls failed so often that we leave it alone for a while. */
    CIRCUIT_OPEN,
    /** It was not asked: the connection's budget of calls is spent. */
    QUOTA_SPENT,
    /** It was not asked: too many wait for it already. */
    BUSY;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static ProviderFailure of(Reason reason, String detail) {
    return new ProviderFailure(reason, detail, null);
  }
}
