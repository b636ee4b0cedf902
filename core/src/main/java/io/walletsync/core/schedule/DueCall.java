package io.walletsync.core.schedule;

import io.walletsync.core.wallet.Connections.OpenConnection;
import java.util.List;

/** One call to a provider, and the wallets whose turn it is to be reported by it. */
public record DueCall(OpenConnection connection, List<Turn> turns) {
  public DueCall {
    turns = List.copyOf(turns);
  }
}
