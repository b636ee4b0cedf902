package io.walletsync.core.wallet;

import java.util.UUID;

/** WalletSync's own name for a connection to a provider. */
public record ConnectionId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
