package io.walletsync.server.schedule;

import io.walletsync.core.event.EarlySyncPolicy;
import io.walletsync.core.event.EventLanes;
import io.walletsync.core.event.SyncAfterEvents;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the syncs that events ask for, each connection on a thread of its own and a bounded number
 * of each provider at once, so that a slow one keeps nobody else waiting. Any number of nodes may
 * do so.
 */
public final class EarlySyncs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EarlySyncs.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final int MOST_OF_ONE_PROVIDER = 32;

  /** Longer than a provider may take, so that a stop seldom leaves a lease behind. */
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(18);

  private final EventLanes lanes;
  private final SyncAfterEvents syncAfterEvents;
  private final EarlySyncPolicy policy;
  private final Map<ConnectionId, ProviderId> running = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("early-syncs").factory());
  private boolean isFailing;

  public EarlySyncs(EventLanes lanes, SyncAfterEvents syncAfterEvents, EarlySyncPolicy policy) {
    this.lanes = lanes;
    this.syncAfterEvents = syncAfterEvents;
    this.policy = policy;
    var _ =
        ticks.scheduleWithFixedDelay(
            this::tick, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      // those that run here are no longer due; the next look finds who had no place this time
      for (var due : lanes.due(policy, MOST_OF_ONE_PROVIDER)) {
        if (running(due.provider()) < MOST_OF_ONE_PROVIDER
            && running.putIfAbsent(due.connection(), due.provider()) == null) {
          threads.execute(() -> sync(due.connection()));
        }
      }
      isFailing = false;
    } catch (RuntimeException e) {
      if (!isFailing) {
        LOG.warn("Cannot look for early syncs, and will go on trying: {}", e.toString());
      }
      isFailing = true;
    }
  }

  private long running(ProviderId provider) {
    return running.values().stream().filter(provider::equals).count();
  }

  private void sync(ConnectionId connection) {
    try {
      var outcome = syncAfterEvents.sync(new SyncAfterEvents.Command(connection));
      LOG.debug("Early sync of connection {}: {}", connection, outcome);
    } catch (RuntimeException e) {
      LOG.warn("The early sync of connection {} broke and will be tried again", connection, e);
    } finally {
      running.remove(connection);
    }
  }

  /** Begins nothing new and lets what runs end; what does not is taken over by another node. */
  @Override
  public void close() {
    ticks.close();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE_AT_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
