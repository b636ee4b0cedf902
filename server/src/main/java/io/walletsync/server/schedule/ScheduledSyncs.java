package io.walletsync.server.schedule;

import io.walletsync.core.schedule.DueCall;
import io.walletsync.core.schedule.LeaseDueWallets;
import io.walletsync.core.schedule.SyncDueWallets;
import io.walletsync.core.wallet.ProviderId;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syncs what is due, each provider by a loop of its own, so that a slow one keeps nobody else
 * waiting. It leases no more than it can begin at once: what else is due is left to other nodes,
 * and after an outage the crowd is worked off at the usual pace. Any number of nodes may do so.
 */
public final class ScheduledSyncs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduledSyncs.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /**
   * A place for each wallet that is under way and at least four for each call: so many wallets, or
   * a quarter of it as calls, of one provider at once. All providers together leave room in the
   * queue of what is to be recorded for those who sync on demand.
   */
  private static final int PLACES = 1_000;

  private static final int PLACES_OF_A_CALL = 4;

  /**
   * Each lease costs a statement, and at its edge cuts wallets apart that one call would report:
   * not for fewer wallets than so many, which is when half of the places are free.
   */
  private static final int FEWEST_AT_ONCE = PLACES / PLACES_OF_A_CALL / 2;

  /** Longer than a provider may take, so that a stop seldom leaves a lease behind. */
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(18);

  private final LeaseDueWallets leaseDueWallets;
  private final SyncDueWallets syncDueWallets;
  private final Complaint looking = new Complaint(LOG, "Cannot look for wallets that are due");
  private final Complaint syncing = new Complaint(LOG, "A scheduled sync broke");
  private final CountDownLatch stop = new CountDownLatch(1);
  private final ExecutorService loops = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public ScheduledSyncs(LeaseDueWallets leaseDueWallets, SyncDueWallets syncDueWallets) {
    this.leaseDueWallets = leaseDueWallets;
    this.syncDueWallets = syncDueWallets;
  }

  /** Begins to sync the wallets of a provider; nothing is synced before. */
  public void begin(ProviderId provider) {
    loops.execute(() -> loop(provider));
  }

  private void loop(ProviderId provider) {
    var room = new Semaphore(PLACES);
    try {
      while (!stop.await(0, TimeUnit.MILLISECONDS)) {
        var fewest = FEWEST_AT_ONCE * PLACES_OF_A_CALL;
        if (room.tryAcquire(fewest, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)
            && !begin(provider, room, fewest + room.drainPermits())) {
          stop.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins what the places allow, which are taken; whether more may be due already. */
  private boolean begin(ProviderId provider, Semaphore room, int places) {
    var most = places / PLACES_OF_A_CALL; // each wallet may need a call of its own
    var left = places;
    try {
      var leased = leaseDueWallets.lease(new LeaseDueWallets.Command(provider, most));
      for (var call : leased.calls()) {
        var taken = Math.max(PLACES_OF_A_CALL, call.turns().size());
        threads.execute(() -> sync(call, room, taken));
        left -= taken;
      }
      looking.isOver();
      return leased.wallets() == most;
    } catch (RuntimeException e) {
      looking.make(e);
      return false;
    } finally {
      room.release(left);
    }
  }

  private void sync(DueCall call, Semaphore room, int taken) {
    try {
      var results = syncDueWallets.sync(new SyncDueWallets.Command(call));
      LOG.debug(
          "Scheduled sync of {} wallets of {}",
          results.size(),
          call.connection().connection().id());
      syncing.isOver();
    } catch (RuntimeException e) {
      syncing.make(e);
    } finally {
      room.release(taken);
    }
  }

  /** Begins nothing new and lets what runs end; what does not is taken over by another node. */
  @Override
  public void close() {
    stop.countDown();
    loops.close();
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
