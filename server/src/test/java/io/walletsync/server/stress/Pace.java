package io.walletsync.server.stress;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes steps at a steady rate, each on a thread of its own and however long the earlier ones take,
 * so that what is slow does not lower the load on itself.
 */
final class Pace implements AutoCloseable {
  private static final long SECOND = 1_000_000_000L;

  private final int perSecond;
  private final Step step;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
  private final Thread clock = Thread.ofPlatform().daemon().name("pace").unstarted(this::walk);
  private volatile boolean isOver;

  /** What is done again and again. */
  interface Step {
    /**
     * Takes a step.
     *
     * @param number counts from 0
     * @param due when it should begin, by {@link System#nanoTime}: latencies count from here, or
     *     those would be left out that waited for their turn
     */
    void take(int number, long due);
  }

  private Pace(int perSecond, Step step) {
    this.perSecond = perSecond;
    this.step = step;
  }

  static Pace of(int perSecond, Step step) {
    var pace = new Pace(perSecond, step);
    pace.clock.start();
    return pace;
  }

  private void walk() {
    var begun = System.nanoTime();
    for (var i = 0; !isOver; i++) {
      var number = i;
      var due = begun + i * SECOND / perSecond;
      for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      threads.execute(() -> take(number, due));
    }
  }

  private void take(int number, long due) {
    try {
      step.take(number, due);
    } catch (RuntimeException | AssertionError e) {
      broken.add(e);
    }
  }

  /** Takes no further steps, waits for those under way, and fails where one of them did. */
  @Override
  public void close() {
    isOver = true;
    try {
      clock.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.close();
    if (!broken.isEmpty()) {
      throw new AssertionError(broken.size() + " steps broke; the first:", broken.peek());
    }
  }
}
