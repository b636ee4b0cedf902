package io.walletsync.server;

/** The server's command line. */
final class WalletSync {
  private WalletSync() {}

  public static void main(String[] arguments) {}
}
