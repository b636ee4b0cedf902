package io.walletsync.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures all steps at all numbers of connections, one after the other, and then all of them
 * again: what changes on a machine with time changes for the limits and the loads alike.
 */
final class Rounds {
  private static final double MARGIN = 1.3;
  private static final double FIRST_GUESS = 3_000;
  private static final int LIMITS_WARM_UP = 15;
  private static final int PROFILED_CONNECTIONS = 32;

  private final Installation installation;
  private final Options options;
  private final Results results;
  private final PrintStream progress;
  private final Map<Results.Line, Double> rates = new HashMap<>();

  Rounds(Installation installation, Options options, Results results, PrintStream progress) {
    this.installation = installation;
    this.options = options;
    this.results = results;
    this.progress = progress;
  }

  void measure(List<Step> steps) throws Exception {
    warmUp(steps);
    for (var round = 1; round <= options.rounds(); round++) {
      for (var connections : options.connections()) {
        for (var step : steps) {
          progress.printf("round %d of %d · ", round, options.rounds());
          var isProfiled =
              round == 1 && step.name().equals("post-changed") && isProfiled(connections);
          measure(step, connections, isProfiled);
        }
      }
    }
  }

  void measure(Step step, int connections) throws Exception {
    measure(step, connections, false);
  }

  private boolean isProfiled(int connections) {
    return connections == PROFILED_CONNECTIONS
        || (!options.connections().contains(PROFILED_CONNECTIONS)
            && connections == options.mostConnections());
  }

  /**
   * So that compilers are done, in the server and here, before anything counts. The limits need
   * little of it: their work is PostgreSQL's.
   */
  private void warmUp(List<Step> steps) throws Exception {
    var connections = Math.min(PROFILED_CONNECTIONS, options.mostConnections());
    var ofServer = steps.stream().filter(ApiStep::isOneOf).count();
    for (var step : steps) {
      var time =
          ApiStep.isOneOf(step)
              ? options.warmUp().dividedBy(ofServer)
              : options.warmUp().dividedBy(LIMITS_WARM_UP);
      warmUp(step, connections, time);
    }
    installation.database().analyze();
  }

  void warmUp(Step step, int connections) throws Exception {
    warmUp(step, connections, options.warmUp());
    installation.database().analyze();
  }

  private void warmUp(Step step, int connections, Duration time) throws Exception {
    var line = new Results.Line(step.name(), step.title(), connections);
    progress.printf("warm-up, %.1f s: %s%n", time.toMillis() / 1e3, step.title());
    try (var prepared = step.prepare(connections, perClient(line, time))) {
      var outcome = Load.run(prepared.clients(), Duration.ZERO, time, installation::used);
      rates.put(line, outcome.measured() / (outcome.window().toMillis() / 1e3));
    }
  }

  private void measure(Step step, int connections, boolean isProfiled) throws Exception {
    var line = new Results.Line(step.name(), step.title(), connections);
    var perClient = perClient(line, options.ramp().plus(options.window()));
    try (var prepared = step.prepare(connections, perClient);
        var _ = Recording.start(isProfiled ? options.profile() : null, installation.server())) {
      ProcessTimes.forgetPeak(installation.server().pid());
      var outcome =
          Load.run(prepared.clients(), options.ramp(), options.window(), installation::used);
      var sample = Sample.of(outcome, ProcessTimes.peakMemory(installation.server().pid()));
      rates.put(line, sample.perSecond());
      results.add(line, sample);
      progress.printf(
          Locale.ROOT,
          "%-44s %3d connections  %,9.0f/s  p50 %.2f ms  p99 %.2f ms%n",
          step.title(),
          connections,
          sample.perSecond(),
          sample.p50(),
          sample.p99());
      if (outcome.measured() == 0) {
        flaw(line, "nothing was done within the time");
      }
      if (outcome.failures() > 0) {
        flaw(line, outcome.failures() + " failed, first: " + outcome.firstFailure());
      }
      prepared.flaws(outcome.all()).forEach(flaw -> flaw(line, flaw));
    }
  }

  private void flaw(Results.Line line, String what) {
    var sentence = line.title() + ", " + line.connections() + " connections: " + what;
    progress.println("FAILED " + sentence);
    results.addFlaw(sentence);
  }

  private int perClient(Results.Line line, Duration time) {
    var rate = rates.getOrDefault(line, FIRST_GUESS);
    return (int) (rate * MARGIN * time.toMillis() / 1e3 / line.connections()) + 1;
  }
}
