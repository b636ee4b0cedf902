package io.walletsync.server.schedule;

import io.walletsync.core.bulk.AdvanceSyncRun;
import io.walletsync.core.bulk.AdvanceSyncRun.Outcome;
import io.walletsync.core.bulk.HeldChunks;
import io.walletsync.core.bulk.SyncRuns;
import io.walletsync.core.bulk.SyncRuns.Active;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the runs that go on, chunk by chunk. It runs on every node: a run is asked for, so it is
 * no part of the schedule that a node may be set not to keep.
 */
public final class SyncRunWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SyncRunWorker.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(10);
  private static final int MOST_RUNS_LOOKED_AT = 500;

  /** Longer than a provider may take, so that a stop seldom leaves a chunk unfinished. */
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(18);

  private final SyncRuns runs;
  private final AdvanceSyncRun advanceSyncRun;
  private final ChunkPlaces places = new ChunkPlaces();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService ticks = tickingThread("sync-runs");
  private final ScheduledExecutorService renewals = tickingThread("sync-run-leases");
  private boolean isFailing;

  public SyncRunWorker(SyncRuns runs, AdvanceSyncRun advanceSyncRun, HeldChunks held) {
    this.runs = runs;
    this.advanceSyncRun = advanceSyncRun;
    every(BETWEEN_LOOKS, ticks, this::look);
    every(BETWEEN_RENEWALS, renewals, () -> renew(held));
  }

  private static ScheduledExecutorService tickingThread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }

  private static void every(Duration time, ScheduledExecutorService thread, Runnable work) {
    var _ =
        thread.scheduleWithFixedDelay(
            work, time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      for (var run : places.fill(runs.active(MOST_RUNS_LOOKED_AT))) {
        threads.execute(() -> advance(run));
      }
      isFailing = false;
    } catch (RuntimeException e) {
      if (!isFailing) {
        LOG.warn("Cannot look for sync runs, and will go on trying: {}", e.toString());
      }
      isFailing = true;
    }
  }

  private void advance(Active run) {
    var worked = false;
    try {
      var outcome = advanceSyncRun.advance(new AdvanceSyncRun.Command(run.run()));
      worked = outcome instanceof Outcome.Worked;
      if (outcome instanceof Outcome.GivenBack(RuntimeException cause)) {
        LOG.warn("A chunk of sync run {} broke and will be tried again", run.run(), cause);
      } else {
        LOG.debug("Sync run {}: {}", run.run(), outcome);
      }
    } catch (RuntimeException e) {
      LOG.warn("A chunk of sync run {} broke and will be tried again", run.run(), e);
    } finally {
      places.leave(run);
    }
    if (worked) {
      lookAtOnce();
    }
  }

  /** A place has become free, and most likely there is more to do. */
  private void lookAtOnce() {
    try {
      ticks.execute(this::look);
    } catch (RejectedExecutionException _) {
      LOG.debug("The node stops; others go on");
    }
  }

  private static void renew(HeldChunks held) {
    try {
      held.renew();
    } catch (RuntimeException e) {
      LOG.warn("Cannot renew the leases of sync runs, and will go on trying: {}", e.toString());
    }
  }

  /** Begins nothing new and lets what runs end; what does not is given back. */
  @Override
  public void close() {
    ticks.close();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE_AT_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
        var _ = threads.awaitTermination(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    } finally {
      renewals.close();
    }
  }
}
