package io.walletsync.server.http.feed;

import io.walletsync.core.kernel.Overloaded;
import io.walletsync.core.notification.Outbox.Query;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The open streams of this node: no more than there may be, and none that outlives it. They are
 * ended before the server waits for its requests, or it would wait in vain.
 */
final class EventStreams implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

  private final FeedTail tail;
  private final OpenStreams limit;
  private final EventStream.Pace pace;
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean isRunning;

  EventStreams(FeedTail tail, OpenStreams limit, EventStream.Pace pace) {
    this.tail = tail;
    this.limit = limit;
    this.pace = pace;
  }

  int open() {
    return open.get();
  }

  /** Something is sent on. */
  interface Opening {
    EventLines open() throws IOException;
  }

  /** Sends until it is over; {@link Overloaded}, before it is opened, where there is no room. */
  void send(Query query, Opening opening, BooleanSupplier isAllowed) {
    try {
      var others = open.getAndIncrement();
      if (others >= limit.most() || !isRunning) {
        throw new Overloaded(others);
      }
      send(new EventStream(tail, query, opening.open(), isAllowed, pace));
    } catch (IOException e) {
      LOG.debug("A stream of events ended: its client went away or does not read", e);
    } finally {
      open.decrementAndGet();
    }
  }

  /** Whoever follows knows where to go on: it need not be told why it ended. */
  private void send(EventStream stream) throws IOException {
    try {
      stream.send(() -> !isRunning);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("A stream of events was ended: {}", e.toString());
    }
  }

  @Override
  public void start() {
    isRunning = true;
  }

  @Override
  public void stop() {
    isRunning = false;
    tail.close();
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }
}
