package io.walletsync.core.sync;

import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.wallet.ConnectionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who calls and who waits for the next call, by what is called. A call that nobody is ahead of
 * starts at once; all that come while it runs gather for one further call. It starts when the
 * running one ends, or a while later if that one drags on and not too many run already.
 */
final class CallLines {
  private static final Executor THREADS =
      call -> Thread.ofVirtual().name("provider-call").start(call);

  private final Duration draggingAfter;
  private final int mostAtOnce;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Line> lines = new HashMap<>();

  CallLines(Duration draggingAfter, int mostAtOnce) {
    this.draggingAfter = draggingAfter;
    this.mostAtOnce = mostAtOnce;
  }

  /** What one call reports; see {@link BalanceProvider#callFor}. */
  record Key(ConnectionId connection, String call) {}

  /**
   * The state of one key; a key without calls has none.
   *
   * @param running how many calls are under way
   * @param gathering the call that will start next
   */
  private record Line(int running, @Nullable SharedCall gathering) {
    private static final Line IDLE = new Line(0, null);
  }

  /** Makes the waiter part of a call that has not started yet. */
  SharedCall join(Key key, BalanceProvider provider, Waiter waiter) {
    lock.lock();
    try {
      var line = lines.getOrDefault(key, Line.IDLE);
      if (line.gathering() != null) {
        line.gathering().join(waiter);
        return line.gathering();
      }
      var call = new SharedCall(provider);
      call.join(waiter);
      if (line.running() == 0) {
        start(key, line, call);
      } else {
        lines.put(key, new Line(line.running(), call));
        CompletableFuture.delayedExecutor(draggingAfter.toNanos(), TimeUnit.NANOSECONDS, THREADS)
            .execute(() -> startBesideOthers(key, call));
      }
      return call;
    } finally {
      lock.unlock();
    }
  }

  /** The waiter wants to know no more; a call that nobody waits for need not start. */
  void leave(Key key, SharedCall call, Waiter waiter) {
    lock.lock();
    try {
      var line = lines.get(key);
      if (line != null && line.gathering() == call) {
        call.leave(waiter);
        if (call.waiters() == 0) {
          put(key, new Line(line.running(), null));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void startBesideOthers(Key key, SharedCall call) {
    lock.lock();
    try {
      var line = lines.get(key);
      if (line != null && line.gathering() == call && line.running() < mostAtOnce) {
        start(key, line, call);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock, so that nobody joins between the decision and the start. */
  private void start(Key key, Line line, SharedCall call) {
    put(key, new Line(line.running() + 1, null));
    try {
      THREADS.execute(() -> run(key, call));
    } catch (Throwable e) {
      put(key, line.gathering() == call ? new Line(line.running(), null) : line);
      call.answers().completeExceptionally(e);
    }
  }

  private void run(Key key, SharedCall call) {
    try {
      var answers = call.ask();
      ended(key);
      call.answers().complete(answers);
    } catch (Throwable e) {
      // even an Error: those who wait on other threads would never hear of it
      ended(key);
      call.answers().completeExceptionally(e);
    }
  }

  private void ended(Key key) {
    lock.lock();
    try {
      var line = lines.getOrDefault(key, Line.IDLE);
      var rest = new Line(line.running() - 1, line.gathering());
      put(key, rest);
      if (rest.gathering() != null) {
        start(key, rest, rest.gathering());
      }
    } finally {
      lock.unlock();
    }
  }

  private void put(Key key, Line line) {
    if (line.equals(Line.IDLE)) {
      lines.remove(key);
    } else {
      lines.put(key, line);
    }
  }

  /** How many keys have calls under way. */
  int busy() {
    lock.lock();
    try {
      return lines.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many wait for a call that has not started. */
  int waiting() {
    lock.lock();
    try {
      return lines.values().stream()
          .map(Line::gathering)
          .filter(Objects::nonNull)
          .mapToInt(SharedCall::waiters)
          .sum();
    } finally {
      lock.unlock();
    }
  }
}
