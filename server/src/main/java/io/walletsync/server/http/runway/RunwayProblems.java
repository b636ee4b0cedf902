package io.walletsync.server.http.runway;

import io.walletsync.core.runway.ForecastRunway;
import io.walletsync.core.runway.ForecastRunway.Outcome.InsufficientHistory;
import io.walletsync.server.http.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Why there is no forecast, and what a pager is told of one that is too short. */
final class RunwayProblems {
  private RunwayProblems() {}

  static Problem insufficientHistory(InsufficientHistory found) {
    return Problem.of(
            409,
            "insufficient-history",
            "Too little history to forecast from",
            "A forecast needs "
                + ForecastRunway.FEWEST_WEEKS
                + " whole weeks in which the balance is known.")
        .with("known_from", found.knownFrom() == null ? null : found.knownFrom().toString())
        .with("weeks", found.weeks())
        .with("weeks_needed", ForecastRunway.FEWEST_WEEKS);
  }

  static Problem noBalanceYet() {
    return Problem.of(
        404,
        "no-snapshot-yet",
        "No balance is known yet",
        "Sync the wallet first; an unknown balance is not zero.");
  }

  static Problem tooShort(String atLeast, RunwayJson runway) {
    return Problem.of(
            503,
            "runway-too-short",
            "The money does not last long enough",
            "It may run out sooner than was asked for.")
        .with("at_least", atLeast)
        .with("runway", runway);
  }

  /** What cannot be known counts as what is wrong: a pager that is silent then is of no use. */
  static Problem unknown(String atLeast, String reason, @Nullable RunwayJson runway) {
    return Problem.of(
            503,
            "runway-unknown",
            "It is not known how long the money lasts",
            "No forecast can be relied on now.")
        .with("at_least", atLeast)
        .with("reason", reason)
        .with("runway", runway);
  }
}
