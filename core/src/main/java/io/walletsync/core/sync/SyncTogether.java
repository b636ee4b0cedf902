package io.walletsync.core.sync;

import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.sync.ReadAndRecord.Result;
import io.walletsync.core.sync.ReadAndRecord.Wanted;
import io.walletsync.core.wallet.Connections.OpenConnection;
import java.time.Duration;
import java.util.List;

/** Use case: sync wallets over one connection that is open, and tell the observer of each. */
public final class SyncTogether {
  private final ReadAndRecord readAndRecord;
  private final SyncObserver observer;

  public SyncTogether(ReadAndRecord readAndRecord, SyncObserver observer) {
    this.readAndRecord = readAndRecord;
    this.observer = observer;
  }

  /** Returns what became of each wallet, in their order, after everything is committed. */
  public List<Result> sync(Command command) {
    var begun = System.nanoTime();
    var wanted = command.wanted();
    try {
      var results = readAndRecord.readAndRecord(command.connection(), wanted, command.clock());
      for (var i = 0; i < results.size(); i++) {
        var one = wanted.get(i);
        observer.read(one.wallet(), one.source(), results.get(i), since(begun));
      }
      return results;
    } catch (RuntimeException e) {
      wanted.forEach(one -> observer.broke(one.wallet(), one.source(), since(begun)));
      throw e;
    }
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  /**
   * What to sync.
   *
   * @param wanted open wallets of the connection, none twice
   * @param clock the database's time, read before this command
   */
  public record Command(OpenConnection connection, List<Wanted> wanted, DatabaseClock clock) {}
}
