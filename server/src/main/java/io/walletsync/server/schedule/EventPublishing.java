package io.walletsync.server.schedule;

import io.walletsync.core.publishing.PublishEvents;
import io.walletsync.core.publishing.PublishEvents.Command;
import io.walletsync.core.publishing.PublishEvents.Outcome;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to a topic as they come, on one node at a time. While brokers are away it goes on
 * trying; nothing else of the node waits for them.
 */
public final class EventPublishing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventPublishing.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final Duration WHILE_ANOTHER_SENDS = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** A delivery may take longer; whoever goes on sends it again. */
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(5);

  private final PublishEvents publishEvents;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("event-publishing").unstarted(this::work);
  private volatile boolean isStopping;
  private Duration pause = BETWEEN_LOOKS;
  private boolean isFailing;

  public EventPublishing(PublishEvents publishEvents) {
    this.publishEvents = publishEvents;
    thread.start();
  }

  private void work() {
    try {
      while (!isStopping) {
        publish();
        Thread.sleep(pause);
      }
    } catch (InterruptedException _) {
      LOG.debug("The node stops; another one goes on");
    }
  }

  private void publish() {
    try {
      switch (publishEvents.publish(new Command(() -> isStopping))) {
        case Outcome.Failed(var reason) -> failed(reason);
        case Outcome.LeaseLost() -> {
          LOG.info("Another node has taken over publishing events");
          pause = BETWEEN_LOOKS;
        }
        case Outcome.HeldElsewhere() -> pause = WHILE_ANOTHER_SENDS;
        case Outcome.Published _, Outcome.Nothing _ -> {
          isFailing = false;
          pause = BETWEEN_LOOKS;
        }
      }
    } catch (RuntimeException e) {
      failed(e.toString());
    }
  }

  /** Said once for as long as it lasts. */
  private void failed(String reason) {
    if (!isFailing && !isStopping) {
      LOG.warn("Events cannot be published, and it will be tried again: {}", reason);
    }
    isFailing = true;
    var longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  /** Closed before the topic and the database. */
  @Override
  public void close() {
    isStopping = true;
    try {
      if (!thread.join(PATIENCE_AT_STOP)) {
        thread.interrupt();
        var _ = thread.join(PATIENCE_AT_STOP);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
