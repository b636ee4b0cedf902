package io.walletsync.cli;

/** The command line. */
final class WalletSyncCli {
  private WalletSyncCli() {}

  public static void main(String[] arguments) {}
}
