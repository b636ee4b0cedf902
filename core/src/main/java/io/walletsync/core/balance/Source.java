package io.walletsync.core.balance;

/** What made WalletSync look; the names are stored. */
public enum Source {
  API,
  SCHEDULE,
  WEBHOOK
}
