package io.walletsync.server.config;

import io.walletsync.core.access.FailedAuthentications;
import io.walletsync.core.event.RefusedDeliveries;
import io.walletsync.core.sync.AbandonedClaims;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each node does for itself beside serving: it writes the refusals that it counted in each
 * minute, and gives free what its own requests had to abandon. What one node does for all is in
 * {@link RecurringTasks}.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final long RELEASE_SECONDS = 1;
  private static final long TICK_SECONDS = 10;

  private final FailedAuthentications failures;
  private final RefusedDeliveries refusedDeliveries;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());

  Housekeeping(
      FailedAuthentications failures,
      AbandonedClaims abandonedClaims,
      RefusedDeliveries refusedDeliveries) {
    this.failures = failures;
    this.refusedDeliveries = refusedDeliveries;
    every(RELEASE_SECONDS, abandonedClaims::release);
    every(TICK_SECONDS, failures::tick);
    every(TICK_SECONDS, refusedDeliveries::tick);
  }

  private void every(long seconds, Runnable work) {
    var _ =
        executor.scheduleWithFixedDelay(() -> tolerant(work), seconds, seconds, TimeUnit.SECONDS);
  }

  /** What fails now is tried again at its next turn. */
  private static void tolerant(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.warn("Housekeeping failed and will be tried again: {}", e.toString());
    }
  }

  /** Closed before the pool, so the last counts still reach the audit trail. */
  @Override
  public void close() {
    executor.close();
    tolerant(failures::flush);
    tolerant(refusedDeliveries::flush);
  }
}
