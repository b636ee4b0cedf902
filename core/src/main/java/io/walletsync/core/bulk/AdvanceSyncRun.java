package io.walletsync.core.bulk;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.bulk.ChunkSync.Group;
import io.walletsync.core.bulk.SyncRuns.Chunk;
import io.walletsync.core.bulk.SyncRuns.Failure;
import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.sync.SyncWallets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Use case: take one chunk of a run, sync its wallets while nothing is held, and count them once.
 * Any number of nodes may do so at the same time.
 */
public final class AdvanceSyncRun {
  private static final Actor ACTOR = Actor.system("sync-run");

  private final SyncRuns runs;
  private final HeldChunks held;
  private final ChunkSync chunkSync;
  private final Transactions transactions;
  private final SyncRunAudit audit;
  private final SyncRunPolicy policy;

  public AdvanceSyncRun(
      SyncRuns runs,
      HeldChunks held,
      SyncWallets syncWallets,
      Transactions transactions,
      Auditor auditor,
      SyncRunPolicy policy) {
    this.runs = runs;
    this.held = held;
    this.chunkSync = new ChunkSync(syncWallets, policy);
    this.transactions = transactions;
    this.audit = new SyncRunAudit(auditor);
    this.policy = policy;
  }

  public Outcome advance(Command command) {
    var chunk = transactions.inTransaction(() -> takeOrFinish(command.run())).orElse(null);
    if (chunk == null) {
      return new Outcome.NothingToTake();
    }
    held.add(chunk.lease());
    try {
      return work(chunk);
    } catch (InterruptedException e) {
      giveBack(chunk, Duration.ZERO);
      Thread.currentThread().interrupt();
      return new Outcome.GivenBack(null);
    } finally {
      held.remove(chunk.lease());
    }
  }

  private Optional<Chunk> takeOrFinish(UUID run) {
    var chunk = runs.take(run, policy);
    if (chunk.isEmpty()) {
      finish(run);
    }
    return chunk;
  }

  private void finish(UUID run) {
    runs.finish(run).ifPresent(finished -> audit.finished(ACTOR, finished));
  }

  private Outcome work(Chunk chunk) throws InterruptedException {
    var clock = DatabaseClock.startedAt(chunk.startedAt());
    var tally = Tally.NONE;
    var failures = new ArrayList<Failure>();
    for (var group : chunkSync.sync(chunk)) {
      if (group instanceof Group.Broken(_, var cause) && chunk.attempt() < policy.mostAttempts()) {
        giveBack(chunk, policy.waitAfterBreak());
        return new Outcome.GivenBack(cause);
      }
      for (var result : results(group, clock)) {
        tally = tally.plus(result.tally());
        failures.addAll(result.failures());
      }
    }
    if (Thread.interrupted()) {
      // a call that was cut off looks like one that failed
      throw new InterruptedException();
    }
    return settle(chunk, tally, failures);
  }

  private static List<ChunkResult> results(Group group, DatabaseClock clock) {
    return switch (group) {
      case Group.Done(var results) -> results;
      case Group.Broken(var wallets, _) ->
          wallets.stream().map(wallet -> ChunkResult.broken(wallet, clock.now())).toList();
    };
  }

  private Outcome settle(Chunk chunk, Tally tally, List<Failure> failures) {
    return transactions.inTransaction(
        () -> {
          if (!runs.settle(chunk.lease(), tally, failures, policy.mostFailuresKept())) {
            return new Outcome.LeaseLost();
          }
          finish(chunk.lease().run());
          return new Outcome.Worked(tally);
        });
  }

  private void giveBack(Chunk chunk, Duration wait) {
    transactions.inTransaction(
        () -> {
          runs.giveBack(chunk.lease(), wait);
          return chunk;
        });
  }

  /** Which run. */
  public record Command(UUID run) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** All of it is taken, or done, or somebody else was just taking from it. */
    record NothingToTake() implements Outcome {}

    /** A chunk was synced and counted. */
    record Worked(Tally tally) implements Outcome {}

    /**
     * A chunk was not brought to its end; it is taken again.
     *
     * @param cause what broke; null where the node stops
     */
    record GivenBack(@Nullable RuntimeException cause) implements Outcome {}

    /** Another worker took the chunk over and counts it. */
    record LeaseLost() implements Outcome {}
  }
}
