package io.walletsync.server.http.event;

import io.walletsync.server.http.problem.Problem;
import java.time.Duration;
import org.springframework.http.HttpHeaders;

/** Why a delivery was not taken. Whoever is not the provider learns nothing from it. */
final class WebhookProblems {
  private WebhookProblems() {}

  static Problem notGenuine() {
    return Problem.of(
        401,
        "webhook-not-genuine",
        "The notification is not proved",
        "There is no such webhook, or the request does not come from its provider.");
  }

  static Problem refusedTooOften(Duration wait) {
    return Problem.of(
            429,
            "webhook-refused-too-often",
            "Too many notifications were not proved",
            "This address sent too many notifications that were not genuine; wait a while.")
        .withHeader(HttpHeaders.RETRY_AFTER, seconds(wait));
  }

  static Problem inboxFull(Duration wait) {
    return Problem.of(
            429,
            "inbox-full",
            "Too many notifications came within an hour",
            "The notification was not stored, but the balances it may concern are looked at.")
        .withHeader(HttpHeaders.RETRY_AFTER, seconds(wait));
  }

  private static String seconds(Duration wait) {
    return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
  }
}
