package io.walletsync.bench;

import java.time.Duration;

/**
 * How large the parts are that work on many wallets.
 *
 * @param scheduledAccounts provider accounts that are due at once, in each of the two kinds
 * @param capacityAccounts provider accounts of the part that asks how much a node can hold
 * @param capacityRound within which each of those has its turn
 * @param capacityWindow how long that part looks
 * @param noticesWindow how long receivers are timed
 */
record Scale(
    int scheduledAccounts,
    int capacityAccounts,
    Duration capacityRound,
    Duration capacityWindow,
    int smallWallets,
    int largeWallets,
    Duration noticesWindow) {
  /** As the marks have it: 100,000 wallets, and 1,000,000 of which a tenth is due each minute. */
  static final Scale WHOLE =
      new Scale(
          5_000,
          50_000,
          Duration.ofMinutes(10),
          Duration.ofMinutes(1),
          10_000,
          1_000_000,
          Duration.ofSeconds(60));

  static final Scale TINY =
      new Scale(
          10,
          100,
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          100,
          1_000,
          Duration.ofSeconds(2));

  /** Balances that one call for a whole account tells. */
  static int perAccount() {
    return ProviderReplies.CURRENCIES.size();
  }
}
