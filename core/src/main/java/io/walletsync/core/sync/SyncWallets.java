package io.walletsync.core.sync;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.balance.Source;
import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.sync.ReadAndRecord.Result;
import io.walletsync.core.sync.ReadAndRecord.Wanted;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Use case: sync wallets of one connection together, where no request waits under a key. */
public final class SyncWallets {
  private final Connections connections;
  private final ReadAndRecord readAndRecord;
  private final SyncObserver observer;

  public SyncWallets(Connections connections, ReadAndRecord readAndRecord, SyncObserver observer) {
    this.connections = connections;
    this.readAndRecord = readAndRecord;
    this.observer = observer;
  }

  /**
   * Returns what became of each wallet, in their order, after everything is committed; empty where
   * the connection is gone.
   */
  public Optional<List<Result>> sync(Command command) {
    var begun = System.nanoTime();
    var connection = connections.open(command.connection()).orElse(null);
    if (connection == null) {
      return Optional.empty();
    }
    var wallets = command.wallets();
    try {
      var results =
          readAndRecord.readAndRecord(
              connection,
              wallets.stream()
                  .map(w -> new Wanted(w, command.source(), command.actor(), null, null))
                  .toList(),
              command.clock());
      for (var i = 0; i < results.size(); i++) {
        observer.read(wallets.get(i), command.source(), results.get(i), since(begun));
      }
      return Optional.of(results);
    } catch (RuntimeException e) {
      wallets.forEach(wallet -> observer.broke(wallet, command.source(), since(begun)));
      throw e;
    }
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
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
