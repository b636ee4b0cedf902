package io.walletsync.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Runs the same work on many virtual threads that start together. */
public final class Concurrently {
  private static final long LONGEST_SECONDS = 60;

  private Concurrently() {}

  /**
   * Begins the work on a virtual thread. The pool that {@link CompletableFuture} takes by itself
   * has one thread on a small machine, so that what is meant to wait there never begins.
   */
  public static CompletableFuture<Void> run(Runnable work) {
    return CompletableFuture.runAsync(work, Thread::startVirtualThread);
  }

  /** The same for work that has a result. */
  public static <T> CompletableFuture<T> supply(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
  }

  /** Calls the work with 0, 1, 2 …, each on its own thread, and returns the results in order. */
  public static <T> List<T> call(int threads, IntFunction<T> work) {
    var start = new CyclicBarrier(threads);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<T>>();
      for (var i = 0; i < threads; i++) {
        var number = i;
        futures.add(
            executor.submit(
                () -> {
                  start.await(LONGEST_SECONDS, TimeUnit.SECONDS);
                  return work.apply(number);
                }));
      }
      var results = new ArrayList<T>();
      for (var future : futures) {
        results.add(future.get(LONGEST_SECONDS, TimeUnit.SECONDS));
      }
      return List.copyOf(results);
    } catch (ExecutionException e) {
      throw new AssertionError("a thread failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("a thread did not finish", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
