package io.walletsync.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntToLongFunction;

/** Waits until the healthy receivers have heard of all that happened, each of it once. */
final class Hearing {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Receivers receivers;
  private final Results results;
  private final PrintStream progress;

  Hearing(Receivers receivers, Results results, PrintStream progress) {
    this.receivers = receivers;
    this.results = results;
    this.progress = progress;
  }

  /** Adds a flaw for each that heard of more or less than it should. */
  void await(int healthy, IntToLongFunction expected) throws InterruptedException {
    var begun = System.nanoTime();
    for (var number = 0; number < healthy; number++) {
      var wanted = expected.applyAsLong(number);
      while (receivers.heard(number) < wanted && System.nanoTime() - begun < PATIENCE.toNanos()) {
        Thread.sleep(LOOK);
      }
      if (receivers.heard(number) != wanted) {
        results.addFlaw(
            "Receiver %d heard of %d changes, but there were %d."
                .formatted(number, receivers.heard(number), wanted));
      }
    }
    progress.printf(
        Locale.ROOT, "  all of it was heard of %.1f s later%n", (System.nanoTime() - begun) / 1e9);
  }
}
