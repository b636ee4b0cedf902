package io.walletsync.bench;

import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same work in several threads and waits for all of them. */
final class InParallel {
  private InParallel() {}

  /** The work of one thread, which knows its number. */
  @FunctionalInterface
  interface Part {
    void run(int number) throws Exception;
  }

  static void run(int threads, Part part) throws InterruptedException {
    try (var executor = Executors.newFixedThreadPool(threads)) {
      var running = new ArrayList<Future<?>>();
      for (var i = 0; i < threads; i++) {
        var number = i;
        running.add(
            executor.submit(
                () -> {
                  part.run(number);
                  return number;
                }));
      }
      for (var each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new BenchProblem("Something could not be made: " + e.getCause(), e);
    }
  }
}
