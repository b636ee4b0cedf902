package io.walletsync.cli;

/** The command cannot be tried as it was given; the message says what to change. */
final class UsageProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageProblem(String message) {
    super(message);
  }
}
