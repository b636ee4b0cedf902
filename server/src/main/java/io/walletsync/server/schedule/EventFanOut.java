package io.walletsync.server.schedule;

import io.walletsync.core.delivery.FanOutEvents;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads on in the outbox for all subscriptions, on whichever node is there first. */
public final class EventFanOut implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventFanOut.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final FanOutEvents fanOutEvents;
  private final AtomicBoolean isStopping = new AtomicBoolean();
  private final Complaint complaint = new Complaint(LOG, "Cannot read what happened");
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("event-fan-out").factory());

  public EventFanOut(FanOutEvents fanOutEvents) {
    this.fanOutEvents = fanOutEvents;
    var _ =
        ticks.scheduleWithFixedDelay(
            this::tick, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      fanOutEvents.fanOut(new FanOutEvents.Command(isStopping::get));
      complaint.isOver();
    } catch (RuntimeException e) {
      complaint.make(e);
    }
  }

  /** Ends after the batch it is at. */
  @Override
  public void close() {
    isStopping.set(true);
    ticks.close();
  }
}
