package io.walletsync.server.http.connection;

import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.server.http.problem.Problem;
import java.util.List;

/** What can be wrong with a connection. */
public final class ConnectionProblems {
  private ConnectionProblems() {}

  public static Problem notFound() {
    return Problem.of(
        404,
        "connection-not-found",
        "There is no such connection",
        "No connection with this id is visible to your API key.");
  }

  static Problem secretInUse() {
    return Problem.of(
        409,
        "credentials-in-use",
        "Another connection has the same secret",
        "Use the connection that has it; with two of them every sum would count the money twice.");
  }

  static Problem credentialsRefused(ProviderFailure failure) {
    return Problem.of(
            422,
            "credentials-refused",
            "The provider does not accept the new credentials",
            failure.detail() + " The old ones are still in place.")
        .with("reason", failure.reason().code());
  }

  static Problem credentialsOfAnotherAccount(List<String> missing) {
    return Problem.of(
            422,
            "credentials-of-another-account",
            "The new credentials do not offer what is registered",
            "Most likely they belong to another account. If not, close the wallets that are missing"
                + " first. The old credentials are still in place.")
        .with("missing", missing);
  }

  static Problem hasOpenWallets(int count) {
    return Problem.of(
            409,
            "connection-has-open-wallets",
            "The connection has open wallets",
            "Close its wallets first, or repeat the request with close_wallets=true. Their history"
                + " stays either way.")
        .with("open_wallets", count);
  }

  static Problem limitedKey() {
    return Problem.of(
        403,
        "beyond-own-rights",
        "The API key is limited to some connections",
        "An API key that is limited to some connections cannot add another one.");
  }
}
