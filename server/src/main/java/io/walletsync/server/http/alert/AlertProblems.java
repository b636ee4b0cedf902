package io.walletsync.server.http.alert;

import io.walletsync.server.http.problem.Problem;

/** What can be wrong with rules and with what is done about alerts. */
final class AlertProblems {
  private AlertProblems() {}

  static Problem ruleNotFound() {
    return Problem.of(
        404,
        "alert-rule-not-found",
        "There is no such alert rule",
        "No alert rule with this id is visible to your API key.");
  }

  static Problem notFound() {
    return Problem.of(
        404,
        "alert-not-found",
        "There is no such alert",
        "No alert with this id is visible to your API key.");
  }

  static Problem resolved() {
    return Problem.of(
        409,
        "alert-resolved",
        "The alert is resolved",
        "It was resolved before, and stays so. Should its condition come back, that is a new alert.");
  }

  static Problem ruleOfSomebodyElse() {
    return Problem.of(
        403,
        "beyond-own-rights",
        "The alert rule is not yours to change",
        "An API key that sees more than yours made it. Ask its owner, or make a rule of your own.");
  }

  static Problem tooManyRules(int most) {
    return Problem.of(
            409,
            "too-many-alert-rules",
            "There are too many alert rules",
            "Delete some that are not needed, or let one rule speak of more wallets.")
        .with("most", most);
  }
}
