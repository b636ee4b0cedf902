package io.walletsync.server.http;

/** What can be wrong with a connection. */
final class ConnectionProblems {
  private ConnectionProblems() {}

  static Problem notFound() {
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
