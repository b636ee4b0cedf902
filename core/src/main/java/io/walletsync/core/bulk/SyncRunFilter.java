package io.walletsync.core.bulk;

import io.walletsync.core.kernel.Text;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Wallet;

/** Which wallets a run syncs. All of them must be asked for outright, never by leaving it out. */
public sealed interface SyncRunFilter {
  /** Whether the run is about this wallet. */
  default boolean includes(Wallet wallet) {
    return switch (this) {
      case OfConnection(var connection) -> connection.equals(wallet.connectionId());
      case OfProvider(var provider) -> provider.equals(wallet.provider());
      case OfOwner(var ownerId) -> ownerId.equals(wallet.ownerId());
      case All() -> true;
    };
  }

  record OfConnection(ConnectionId connection) implements SyncRunFilter {}

  record OfProvider(ProviderId provider) implements SyncRunFilter {}

  /** The wallets that the business holds for somebody. */
  record OfOwner(String ownerId) implements SyncRunFilter {
    public OfOwner {
      Text.printable(ownerId, 128);
    }
  }

  /** Whatever whoever started the run may see. */
  record All() implements SyncRunFilter {}
}
