package io.walletsync.core.sync;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.balance.Source;
import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.sync.ReadAndRecord.Result;
import io.walletsync.core.sync.ReadAndRecord.Wanted;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallet;
import java.util.List;
import java.util.Optional;

/** Use case: sync wallets of one connection together, where no request waits under a key. */
public final class SyncWallets {
  private final Connections connections;
  private final SyncTogether syncTogether;

  public SyncWallets(Connections connections, ReadAndRecord readAndRecord, SyncObserver observer) {
    this.connections = connections;
    this.syncTogether = new SyncTogether(readAndRecord, observer);
  }

  /**
   * Returns what became of each wallet, in their order, after everything is committed; empty where
   * the connection is gone.
   */
  public Optional<List<Result>> sync(Command command) {
    return connections
        .open(command.connection())
        .map(
            connection ->
                syncTogether.sync(
                    new SyncTogether.Command(connection, wanted(command), command.clock())));
  }

  private static List<Wanted> wanted(Command command) {
    return command.wallets().stream()
        .map(wallet -> new Wanted(wallet, command.source(), command.actor(), null, null))
        .toList();
  }

  /**
   * What to sync.
   *
   * @param wallets open wallets of the connection, none twice
   * @param clock the database's time, read before this command
   */
  public record Command(
      ConnectionId connection,
      List<Wallet> wallets,
      Source source,
      Actor actor,
      DatabaseClock clock) {}
}
