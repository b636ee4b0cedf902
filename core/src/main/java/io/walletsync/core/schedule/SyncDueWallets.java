package io.walletsync.core.schedule;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.balance.Source;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.schedule.PutOff.Failed;
import io.walletsync.core.sync.ReadAndRecord.Result;
import io.walletsync.core.sync.ReadAndRecord.Wanted;
import io.walletsync.core.sync.SyncTogether;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Use case: sync the wallets that one provider call reports and whose turn it is. A balance is
 * recorded together with the next turn, or not at all; what brought none is put off.
 */
public final class SyncDueWallets {
  private static final Actor ACTOR = Actor.system("schedule");

  private final SyncTogether syncTogether;
  private final PutOff putOff;
  private final ScheduleObserver observer;

  public SyncDueWallets(
      SyncTogether syncTogether,
      SyncQueue queue,
      Transactions transactions,
      RandomGenerator random,
      List<OutageListener> listeners,
      ScheduleObserver observer) {
    this.syncTogether = syncTogether;
    this.putOff = new PutOff(queue, transactions, random, listeners);
    this.observer = observer;
  }

  /** Returns what became of each wallet, in their order, after everything is committed. */
  public List<Result> sync(Command command) {
    var call = command.call();
    List<Result> results;
    try {
      results =
          syncTogether.sync(
              new SyncTogether.Command(
                  call.connection(),
                  call.turns().stream().map(SyncDueWallets::wanted).toList(),
                  call.turns().getFirst().clock()));
    } catch (RuntimeException e) {
      afterBreak(call, e);
      throw e;
    }
    var failed = new ArrayList<Failed>();
    for (var i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof Result.Failed(var failure)) {
        failed.add(new Failed(call.turns().get(i), failure));
      }
    }
    putOff(call, failed);
    return results;
  }

  private static Wanted wanted(Turn turn) {
    return new Wanted(turn.wallet(), Source.SCHEDULE, ACTOR, null, turn);
  }

  private void putOff(DueCall call, List<Failed> failed) {
    if (!failed.isEmpty()) {
      observer.putOff(call.connection().connection().provider(), putOff.putOff(failed));
    }
  }

  /** Without a database the leases run out by themselves. */
  private void afterBreak(DueCall call, RuntimeException broken) {
    try {
      putOff(call, call.turns().stream().map(turn -> new Failed(turn, null)).toList());
    } catch (RuntimeException e) {
      broken.addSuppressed(e);
    }
  }

  /** The call to make. */
  public record Command(DueCall call) {}
}
