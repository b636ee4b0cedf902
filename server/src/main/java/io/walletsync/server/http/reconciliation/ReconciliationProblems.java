package io.walletsync.server.http.reconciliation;

import io.walletsync.core.reconciliation.ExpectBalances.Reason;
import io.walletsync.core.reconciliation.ExpectBalances.Refusal;
import io.walletsync.server.http.problem.Problem;
import io.walletsync.server.http.wallet.WalletProblems;
import java.util.List;
import java.util.Map;

/** What can be wrong with what the books say, and with settling a difference. */
final class ReconciliationProblems {
  private ReconciliationProblems() {}

  static Problem notFound() {
    return Problem.of(
        404,
        "reconciliation-not-found",
        "There is no such reconciliation",
        "No reconciliation with this id is visible to your API key.");
  }

  static Problem settledAlready(String state) {
    return Problem.of(
            409,
            "reconciliation-settled",
            "The difference was settled in another way or for another reason",
            "It was settled before, and stays so.")
        .with("reconciliation_state", state);
  }

  static Problem noDifference(String state) {
    return Problem.of(
            409,
            "no-difference",
            "There is no difference to settle",
            "Only an open difference can be accepted or resolved.")
        .with("reconciliation_state", state);
  }

  /** Of one statement that stands alone. */
  static Problem refused(Refusal refusal) {
    return switch (refusal.reason()) {
      case UNKNOWN_WALLET -> WalletProblems.notFound();
      case WALLET_CLOSED -> WalletProblems.closed();
      case OTHER_CURRENCY, IN_THE_FUTURE, CORRECTED_SINCE, TWICE -> refused(List.of(refusal));
    };
  }

  static Problem refused(List<Refusal> refusals) {
    return Problem.of(
            422,
            "expected-balances-refused",
            "Some of the expected balances cannot be recorded",
            "Nothing was recorded. Correct or leave out the rows that are listed.")
        .with("rows", refusals.stream().map(ReconciliationProblems::row).toList());
  }

  private static Map<String, Object> row(Refusal refusal) {
    return Map.of(
        "row", refusal.row(),
        "wallet_id", refusal.wallet().toString(),
        "reason", refusal.reason().code(),
        "detail", detail(refusal.reason()));
  }

  private static String detail(Reason reason) {
    return switch (reason) {
      case UNKNOWN_WALLET -> "No wallet with this id is visible to your API key.";
      case WALLET_CLOSED -> "The wallet is closed.";
      case OTHER_CURRENCY -> "The wallet has another currency.";
      case IN_THE_FUTURE -> "as_of lies in the future.";
      case CORRECTED_SINCE ->
          "It was recorded before and corrected since; use another reference to say it again.";
      case TWICE -> "A row before it has the same wallet, as_of and reference.";
    };
  }
}
