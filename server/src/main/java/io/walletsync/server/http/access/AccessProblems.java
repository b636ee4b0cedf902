package io.walletsync.server.http.access;

import io.walletsync.core.access.AuthenticateRequest;
import io.walletsync.core.access.Refusal;
import io.walletsync.core.access.Scope;
import io.walletsync.server.http.problem.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How refusals are answered: every wrong signature alike, whatever was wrong with it. */
public final class AccessProblems {
  private static final String CHALLENGE =
      "Signature realm=\"walletsync\", algorithm=\"hmac-sha256\","
          + " components=\"@method @path @query content-digest idempotency-key\"";

  private AccessProblems() {}

  static Problem unauthenticated(Refusal refusal, Instant serverTime) {
    return switch (refusal) {
      case TIMESTAMP ->
          challenge(
              "timestamp-out-of-range",
              "The signature is not of this time",
              "Set created to the current time in seconds, and sign the request anew.",
              serverTime);
      case NONCE_REUSED -> nonceReused();
      case SIGNATURE, SCOPE -> signatureInvalid();
    };
  }

  static Problem signatureInvalid() {
    return challenge(
        "signature-invalid",
        "The request is not signed by a known key",
        "Sign the request as docs/authentication.md says, with an active secret of your API key.");
  }

  public static Problem nonceReused() {
    return challenge(
        "nonce-reused",
        "The nonce was used before",
        "Sign every attempt anew, each with a nonce of its own.");
  }

  static Problem scopeMissing(Scope required) {
    return Problem.of(
            403,
            "scope-missing",
            "The API key lacks a scope",
            "This needs the scope " + required.code() + ".")
        .with("required_scope", required.code());
  }

  public static Problem bodyTooLarge(int mostBytes) {
    return Problem.of(
            413,
            "body-too-large",
            "The body is too large",
            "A body may have at most " + mostBytes + " bytes.")
        .with("max_bytes", mostBytes);
  }

  private static Problem challenge(String slug, String title, String detail, Instant serverTime) {
    return challenge(slug, title, detail)
        .with("server_time", serverTime.truncatedTo(ChronoUnit.SECONDS).toString())
        .with("max_skew_seconds", AuthenticateRequest.MAX_SKEW.toSeconds());
  }

  private static Problem challenge(String slug, String title, String detail) {
    return Problem.of(401, slug, title, detail).withHeader("WWW-Authenticate", CHALLENGE);
  }
}
