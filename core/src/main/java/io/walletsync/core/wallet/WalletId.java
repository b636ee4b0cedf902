package io.walletsync.core.wallet;

import java.util.UUID;

/** WalletSync's own name for a wallet. */
public record WalletId(UUID value) implements Comparable<WalletId> {
  /** The order in which several wallets' rows are locked, so that no two writers wait in a ring. */
  @Override
  public int compareTo(WalletId other) {
    return value.toString().compareTo(other.value.toString());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
