package io.walletsync.server.schedule;

import io.walletsync.core.bulk.SyncRuns.Active;
import io.walletsync.core.wallet.ProviderId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many chunks a node works on at once: so many for each provider, and as many for the runs that
 * ask several. The runs that share them take turns, so that neither a slow provider nor a long run
 * keeps others waiting.
 */
final class ChunkPlaces {
  private static final int OF_ONE_PROVIDER = 4;

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Active> taken = new ArrayList<>();
  private final Map<UUID, Long> lastTurn = new HashMap<>();
  private long turns;

  ChunkPlaces() {
    this(OF_ONE_PROVIDER);
  }

  ChunkPlaces(int ofOneProvider) {
    this.most = ofOneProvider;
  }

  /** Gives all free places to these runs; one occurs as often as it has got a place. */
  List<Active> fill(List<Active> runs) {
    lock.lock();
    try {
      lastTurn
          .keySet()
          .retainAll(runs.stream().map(Active::run).collect(Collectors.toCollection(HashSet::new)));
      var filled = new ArrayList<Active>();
      for (var next = next(runs); next != null; next = next(runs)) {
        taken.add(next);
        filled.add(next);
        lastTurn.put(next.run(), ++turns);
      }
      return filled;
    } finally {
      lock.unlock();
    }
  }

  /** The run whose turn it is: that with the fewest places, of those the one that waits longest. */
  private @Nullable Active next(List<Active> runs) {
    return runs.stream()
        .filter(run -> ofProvider(run.provider()) < most)
        .min(
            Comparator.comparingLong(this::ofRun)
                .thenComparingLong(run -> lastTurn.getOrDefault(run.run(), 0L)))
        .orElse(null);
  }

  private long ofProvider(@Nullable ProviderId provider) {
    return taken.stream().filter(run -> Objects.equals(run.provider(), provider)).count();
  }

  private long ofRun(Active run) {
    return taken.stream().filter(run::equals).count();
  }

  void leave(Active run) {
    lock.lock();
    try {
      taken.remove(run);
    } finally {
      lock.unlock();
    }
  }
}
