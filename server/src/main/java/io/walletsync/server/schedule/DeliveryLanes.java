package io.walletsync.server.schedule;

import io.walletsync.core.delivery.DeliverNotifications;
import io.walletsync.core.delivery.Deliveries;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due, each subscription on a lane of its own, so that a receiver that is slow or
 * dead keeps no other waiting. Any number of nodes may do so.
 */
public final class DeliveryLanes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLanes.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final int MOST_LANES = 500;

  /** Longer than a receiver may take, so that a stop seldom leaves a lease behind. */
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(18);

  private final Deliveries deliveries;
  private final DeliverNotifications deliverNotifications;
  private final Set<UUID> running = ConcurrentHashMap.newKeySet();

  /** One that fails must not begin a new complaint whenever another one goes well. */
  private final Set<UUID> complained = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean isStopping = new AtomicBoolean();
  private final Complaint looking = new Complaint(LOG, "Cannot look for what is to be sent");
  private final Complaint sending = new Complaint(LOG, "Cannot note what was sent");
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("deliveries").factory());

  public DeliveryLanes(Deliveries deliveries, DeliverNotifications deliverNotifications) {
    this.deliveries = deliveries;
    this.deliverNotifications = deliverNotifications;
    var _ =
        ticks.scheduleWithFixedDelay(
            this::tick, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      for (var subscription : deliveries.due(MOST_LANES)) {
        if (running.add(subscription)) {
          threads.execute(() -> drive(subscription));
        }
      }
      looking.isOver();
    } catch (RuntimeException e) {
      looking.make(e);
    }
  }

  /** As long as all goes well; then the next look says whether the receiver is to be left alone. */
  private void drive(UUID subscription) {
    try {
      var goesOn = true;
      while (goesOn && !isStopping.get()) {
        goesOn =
            deliverNotifications.deliver(new DeliverNotifications.Command(subscription)).goesWell();
      }
      if (complained.remove(subscription) && complained.isEmpty()) {
        sending.isOver();
      }
    } catch (RuntimeException e) {
      complained.add(subscription);
      sending.make(e);
    } finally {
      running.remove(subscription);
    }
  }

  /** Begins nothing new and lets what runs end; what does not is taken over by another node. */
  @Override
  public void close() {
    isStopping.set(true);
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
