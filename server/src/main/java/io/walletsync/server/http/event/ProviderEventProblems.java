package io.walletsync.server.http.event;

import io.walletsync.server.http.problem.Problem;

/** What can be wrong with an event. */
final class ProviderEventProblems {
  private ProviderEventProblems() {}

  static Problem notFound() {
    return Problem.of(
        404,
        "provider-event-not-found",
        "There is no such event",
        "No event with this id is visible to your API key.");
  }

  static Problem connectionRemoved() {
    return Problem.of(
        409,
        "connection-removed",
        "The connection was removed",
        "There is nobody left to ask about this event; it stays as it is.");
  }
}
