package io.walletsync.cli;

/**
 * What a monitoring system is told of a runway, in the way of its plugins: one line, and 0 for all
 * is well, 2 for critical, 3 for unknown. Whatever is not an answer to the question is unknown.
 */
record RunwayCheck(int exitCode, String line) {
  private static final int OK = 0;
  private static final int CRITICAL = 2;
  private static final int UNKNOWN = 3;

  static RunwayCheck of(Answer answer) {
    return switch (answer) {
      case Answer.Success(var text) when Json.has(text, "earliest") ->
          new RunwayCheck(OK, "OK - the money lasts long enough");
      case Answer.Success _ -> unknown("the answer is not from WalletSync's API");
      case Answer.Refusal(_, var problem, var lines) when problem.equals("runway-too-short") ->
          new RunwayCheck(CRITICAL, "CRITICAL - " + lines.getFirst());
      case Answer.Refusal(_, _, var lines) -> unknown(String.join(" ", lines));
      case Answer.Unreachable(var advice) -> unknown(advice);
    };
  }

  static RunwayCheck unknown(String why) {
    return new RunwayCheck(UNKNOWN, "UNKNOWN - " + why);
  }
}
