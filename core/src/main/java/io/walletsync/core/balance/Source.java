package io.walletsync.core.balance;

/** What made WalletSync look; the names are stored. */
public enum Source {
  API,
  SCHEDULE,
  WEBHOOK,
  /** A run over many wallets that somebody asked for. */
  BULK
}
