package io.walletsync.server.http.movement;

import io.walletsync.server.http.problem.Problem;
import org.springframework.http.HttpHeaders;

/** Why movements are not imported now. */
final class MovementProblems {
  private static final String A_WHILE = "5";

  private MovementProblems() {}

  static Problem notOffered(String detail) {
    return Problem.of(
        422,
        "movements-not-offered",
        "The provider has no movements that are certainly of this wallet",
        detail);
  }

  static Problem underWay() {
    return Problem.of(
            409,
            "import-under-way",
            "The wallet's movements are being imported",
            "Repeat the request a little later, or read what is there by then.")
        .withHeader(HttpHeaders.RETRY_AFTER, A_WHILE);
  }
}
