package io.walletsync.server.http.sync;

import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.server.http.problem.Problem;
import java.time.Duration;
import org.springframework.http.HttpHeaders;

/** Why a sync brought no balance. In all of these cases nothing was changed. */
public final class SyncProblems {
  private static final Duration WORTH_WAITING = Duration.ofSeconds(30);

  private SyncProblems() {}

  public static Problem inFlight(Duration leaseRemaining) {
    // most syncs end long before their lease does
    var seconds = leaseRemaining.compareTo(Duration.ofSeconds(1)) < 0 ? 1 : 2;
    return Problem.of(
            409,
            "request-in-flight",
            "A request with this key is still being worked on",
            "Repeat the request with the same key a little later to get its answer.")
        .withHeader(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
  }

  public static Problem keyReused() {
    return Problem.of(
        422,
        "idempotency-key-reused",
        "The idempotency key was used for another request",
        "Use a new key for a new request; a key stands for one request and what it asks for.");
  }

  public static Problem providerFailed(ProviderFailure failure) {
    return switch (failure.reason()) {
      case TIMEOUT ->
          Problem.of(
                  504, "provider-timeout", "The provider did not answer in time", failure.detail())
              .with("reason", failure.reason().code());
      case RATE_LIMITED -> {
        var retryAfter = failure.retryAfter() == null ? WORTH_WAITING : failure.retryAfter();
        yield Problem.of(
                503, "provider-rate-limited", "The provider asks to slow down", failure.detail())
            .with("reason", failure.reason().code())
            .withHeader(HttpHeaders.RETRY_AFTER, seconds(retryAfter));
      }
      case CURRENCY_MISSING ->
          Problem.of(
                  422,
                  "currency-not-offered",
                  "The provider does not have this currency",
                  failure.detail())
              .with("reason", failure.reason().code());
      case ACCOUNT_MISSING ->
          Problem.of(
                  422,
                  "account-not-offered",
                  "The provider does not have this account",
                  failure.detail())
              .with("reason", failure.reason().code());
      case CIRCUIT_OPEN, QUOTA_SPENT, BUSY -> notAsked(failure);
      case UNREACHABLE,
          UNAUTHORIZED,
          FORBIDDEN,
          ADDRESS_REFUSED,
          REJECTED,
          UNAVAILABLE,
          UNREADABLE,
          IN_DOUBT -> {
        var problem =
            Problem.of(502, "provider-failed", "The provider gave no balance", failure.detail())
                .with("reason", failure.reason().code());
        yield failure.retryAfter() == null
            ? problem
            : problem.withHeader(HttpHeaders.RETRY_AFTER, seconds(failure.retryAfter()));
      }
    };
  }

  private static Problem notAsked(ProviderFailure failure) {
    var retryAfter = failure.retryAfter() == null ? WORTH_WAITING : failure.retryAfter();
    return Problem.of(503, "provider-not-asked", "The provider was not asked", failure.detail())
        .with("reason", failure.reason().code())
        .withHeader(HttpHeaders.RETRY_AFTER, seconds(retryAfter));
  }

  private static String seconds(Duration retryAfter) {
    return Long.toString(Math.max(1, retryAfter.toSeconds()));
  }
}
