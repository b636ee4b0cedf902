package io.walletsync.cli;

import java.util.List;

/** What came of a call; each case decides where its text goes and how the process exits. */
sealed interface Answer {

  /** The server did what was asked. */
  record Success(String text) implements Answer {}

  /**
   * The server answered, and the answer is no.
   *
   * @param problem its name, such as wallet-not-found; empty where it has none
   */
  record Refusal(int status, String problem, List<String> lines) implements Answer {}

  /** No answer came; {@code advice} is a sentence that says what to do next. */
  record Unreachable(String advice) implements Answer {}
}
