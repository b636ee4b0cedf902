package io.walletsync.server.http.wallet;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.server.http.problem.Problem;
import java.util.Set;

/** What can be wrong with a wallet. */
public final class WalletProblems {
  private WalletProblems() {}

  public static Problem notFound() {
    return Problem.of(
        404,
        "wallet-not-found",
        "There is no such wallet",
        "No wallet with this id is visible to your API key.");
  }

  public static Problem closed() {
    return Problem.of(
        409,
        "wallet-closed",
        "The wallet is closed",
        "Register it again to reopen it with its history.");
  }

  static Problem currencyNotOffered(Set<CurrencyCode> offered) {
    return Problem.of(
            422,
            "currency-not-offered",
            "The provider does not have this currency",
            "Register the wallet in a currency that the provider has.")
        .with("offered", offered.stream().sorted().map(CurrencyCode::value).toList());
  }
}
