package io.walletsync.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Watches a run on the server until it is over, and says how far it is; leaving does no harm. */
final class SyncRunProgress {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Api api;
  private final PrintWriter err;
  private final String run;

  SyncRunProgress(Api api, PrintWriter err, String run) {
    this.api = api;
    this.err = err;
    this.run = run;
  }

  /** The run as it ended, or why it could not be watched any longer. */
  Answer watch() {
    var farewell = new Thread(this::sayHowToLookAtIt);
    Runtime.getRuntime().addShutdownHook(farewell);
    try {
      var answer = watchToTheEnd();
      if (!(answer instanceof Answer.Success)) {
        sayHowToLookAtIt();
      }
      return answer;
    } finally {
      Runtime.getRuntime().removeShutdownHook(farewell);
    }
  }

  private Answer watchToTheEnd() {
    var said = "";
    while (true) {
      var answer = api.get(Target.of("/api/v1/sync-runs/" + run).uri());
      var now = answer instanceof Answer.Success(var text) ? Json.read(text) : null;
      if (now == null) {
        return answer;
      }
      var line = line(now);
      if (!line.equals(said)) {
        err.println(line);
        said = line;
      }
      if (!now.path("state").asString("").equals("running")) {
        return answer;
      }
      if (!pause()) {
        return new Answer.Unreachable("Stopped while the run goes on.");
      }
    }
  }

  private static String line(JsonNode run) {
    var line =
        "%s: %s of %s wallets, %s changed, %s unchanged, %s failed, %s skipped"
            .formatted(
                run.path("state").asString(""),
                run.path("done"),
                run.path("total"),
                run.path("changed"),
                run.path("unchanged"),
                run.path("failed"),
                run.path("skipped"));
    return run.path("expected_end").isString()
        ? line
            + "; %s a second, until %s"
                .formatted(run.path("rate_per_second"), run.path("expected_end").asString())
        : line;
  }

  private static boolean pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void sayHowToLookAtIt() {
    err.println("The run goes on. See how far it is: walletsync get /api/v1/sync-runs/" + run);
    err.println("Stop it: walletsync cancel-sync-run " + run);
    err.flush();
  }

  /** The id of the run in the answer to its start; empty where there is none. */
  static String idIn(String text) {
    var started = Json.read(text);
    return started == null ? "" : started.path("run_id").asString("");
  }

  /** Where a run is stopped. */
  static URI cancelling(Object run) {
    return Target.of("/api/v1/sync-runs/" + run + "/cancel").uri();
  }
}
