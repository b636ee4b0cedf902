package io.walletsync.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients work for a while, each on a thread of its own and without a pause; what begins in
 * the window is measured.
 */
final class Load {
  private static final int FIRST_CAPACITY = 4096;
  private static final int MOST_FAILURES = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Load() {}

  /**
   * What came of it.
   *
   * @param measured operations inside the window
   * @param all operations that went well, ramp and end included
   * @param latencies of what was measured
   * @param firstFailure null where there was none
   * @param used what the processes spent inside the window
   */
  record Outcome(
      long measured,
      long all,
      Duration window,
      Latencies latencies,
      long failures,
      @Nullable String firstFailure,
      Usage used) {}

  static Outcome run(
      List<? extends Client> clients, Duration ramp, Duration window, Supplier<Usage> usage)
      throws InterruptedException {
    var from = System.nanoTime() + ramp.toNanos();
    var until = from + window.toNanos();
    var first = new AtomicReference<@Nullable String>();
    var workers = new ArrayList<Worker>();
    for (var client : clients) {
      workers.add(new Worker(client, from, until, first));
    }
    var threads =
        workers.stream().map(w -> Thread.ofPlatform().name("client").daemon().start(w)).toList();
    sleepUntil(from);
    var before = usage.get();
    var began = System.nanoTime();
    sleepUntil(until);
    var used = usage.get().since(before);
    var took = Duration.ofNanos(System.nanoTime() - began);
    for (var thread : threads) {
      if (!thread.join(PATIENCE)) {
        throw new BenchProblem("A client has waited for its answer for more than a minute.");
      }
    }
    return new Outcome(
        workers.stream().mapToLong(w -> w.measured).sum(),
        workers.stream().mapToLong(w -> w.all).sum(),
        took,
        new Latencies(workers.stream().flatMapToLong(Worker::latencies)),
        workers.stream().mapToLong(w -> w.failures).sum(),
        first.get(),
        used);
  }

  private static void sleepUntil(long nanoTime) throws InterruptedException {
    var left = nanoTime - System.nanoTime();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  private static final class Worker implements Runnable {
    private final Client client;
    private final long from;
    private final long until;
    private final AtomicReference<@Nullable String> firstFailure;
    private long[] latencies = new long[FIRST_CAPACITY];
    private int recorded;
    private long measured;
    private long all;
    private long failures;

    Worker(Client client, long from, long until, AtomicReference<@Nullable String> firstFailure) {
      this.client = client;
      this.from = from;
      this.until = until;
      this.firstFailure = firstFailure;
    }

    @Override
    public void run() {
      for (var start = System.nanoTime();
          start - until < 0 && failures < MOST_FAILURES;
          start = System.nanoTime()) {
        try {
          var operations = client.work();
          var end = System.nanoTime();
          all += operations;
          if (start - from >= 0) {
            measured += operations;
            record(end - start);
          }
        } catch (Exception e) {
          failures++;
          firstFailure.compareAndSet(null, String.valueOf(e.getMessage()));
        }
      }
    }

    private void record(long nanos) {
      if (recorded == latencies.length) {
        latencies = Arrays.copyOf(latencies, recorded * 2);
      }
      latencies[recorded++] = nanos;
    }

    LongStream latencies() {
      return Arrays.stream(latencies, 0, recorded);
    }
  }
}
