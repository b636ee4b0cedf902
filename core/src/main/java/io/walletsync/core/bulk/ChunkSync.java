package io.walletsync.core.bulk;

import io.walletsync.core.balance.Source;
import io.walletsync.core.bulk.SyncRuns.Chunk;
import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.sync.ReadAndRecord.Result;
import io.walletsync.core.sync.SyncWallets;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/**
 * Syncs the wallets of a chunk: its connections side by side, of each provider a bounded number at
 * once over all chunks of the node, so that a slow one holds up nobody but itself.
 */
final class ChunkSync {
  private final SyncWallets syncWallets;
  private final SyncRunPolicy policy;
  private final Map<ProviderId, Semaphore> seats = new ConcurrentHashMap<>();

  ChunkSync(SyncWallets syncWallets, SyncRunPolicy policy) {
    this.syncWallets = syncWallets;
    this.policy = policy;
  }

  /**
   * Returns what became of each connection's wallets; what broke is told apart, for it may be worth
   * another attempt.
   */
  List<Group> sync(Chunk chunk) throws InterruptedException {
    var clock = DatabaseClock.startedAt(chunk.startedAt());
    var running = new ArrayList<Future<Group>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      byConnection(chunk)
          .values()
          .forEach(wallets -> running.add(threads.submit(() -> group(chunk, wallets, clock))));
      return await(running, threads);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case InterruptedException stopped -> throw stopped;
        case Error broken -> throw broken;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private static List<Group> await(List<Future<Group>> running, ExecutorService threads)
      throws ExecutionException, InterruptedException {
    var groups = new ArrayList<Group>();
    try {
      for (var group : running) {
        groups.add(group.get());
      }
      return groups;
    } catch (InterruptedException e) {
      threads.shutdownNow(); // or closing them would wait for all of them
      throw e;
    }
  }

  private static Map<ConnectionId, List<Wallet>> byConnection(Chunk chunk) {
    return chunk.wallets().stream()
        .collect(
            Collectors.groupingBy(
                Wallet::connectionId, LinkedHashMap::new, Collectors.toUnmodifiableList()));
  }

  private Group group(Chunk chunk, List<Wallet> wallets, DatabaseClock clock)
      throws InterruptedException {
    try {
      return new Group.Done(syncUntilTold(chunk, wallets, clock));
    } catch (RuntimeException e) {
      return new Group.Broken(wallets, e);
    }
  }

  private List<ChunkResult> syncUntilTold(Chunk chunk, List<Wallet> wallets, DatabaseClock clock)
      throws InterruptedException {
    var results = new ArrayList<ChunkResult>();
    var left = wallets.stream().filter(wallet -> !wallet.isClosed()).toList();
    wallets.stream().filter(Wallet::isClosed).forEach(_ -> results.add(ChunkResult.SKIPPED));
    for (var tries = 1; !left.isEmpty(); tries++) {
      var answers = ask(chunk, left, clock);
      if (answers.isEmpty()) {
        left.forEach(_ -> results.add(ChunkResult.SKIPPED));
        break;
      }
      var again = new ArrayList<Wallet>();
      var wait = Duration.ZERO;
      for (var i = 0; i < answers.size(); i++) {
        var soon = tries < policy.mostTries() ? worthWaiting(answers.get(i)) : Duration.ZERO;
        if (soon.isPositive()) {
          again.add(left.get(i));
          wait = soon.compareTo(wait) > 0 ? soon : wait;
        } else {
          results.add(ChunkResult.of(left.get(i), answers.get(i), clock.now()));
        }
      }
      left = List.copyOf(again);
      Thread.sleep(wait);
    }
    return results;
  }

  /** Empty where the connection is gone. */
  private List<Result> ask(Chunk chunk, List<Wallet> wallets, DatabaseClock clock)
      throws InterruptedException {
    var first = wallets.getFirst();
    var seat =
        seats.computeIfAbsent(first.provider(), _ -> new Semaphore(policy.mostOfOneProvider()));
    seat.acquire();
    try {
      return syncWallets
          .sync(
              new SyncWallets.Command(
                  first.connectionId(), wallets, Source.BULK, chunk.startedBy(), clock))
          .orElse(List.of());
    } finally {
      seat.release();
    }
  }

  /** How long to wait before this may be asked again; zero where it is not worth it. */
  private Duration worthWaiting(Result result) {
    if (result instanceof Result.Failed(var failure)) {
      var soon = failure.retryAfter();
      if (soon != null && soon.compareTo(policy.worthWaiting()) <= 0) {
        return soon;
      }
    }
    return Duration.ZERO;
  }

  /** What became of the wallets of one connection. */
  sealed interface Group {
    record Done(List<ChunkResult> results) implements Group {}

    /** Most likely for lack of a database. */
    record Broken(List<Wallet> wallets, RuntimeException cause) implements Group {}
  }
}
