package io.walletsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run is started over exactly what was typed, and watched to its end. */
class SyncRunCommandTest {
  private static final String RUN = "0199d7a0-4f3c-7c52-9d5e-0a1b2c3d4e5f";
  private static final int MISUSED = 64;

  private final StubServer server = new StubServer();
  private final Terminal terminal = Terminal.connectedTo(server.url());

  @AfterEach
  void stop() {
    server.close();
  }

  private static String run(String state, int done, String more) {
    return """
        {"run_id":"%s","state":"%s","total":4,"done":%d,"changed":%d,"unchanged":0,"failed":0,
         "skipped":0%s}
        """
        .formatted(RUN, state, done, done, more);
  }

  @Test
  void startsARunAndShowsHowFarItIsUntilItsEnd() {
    server.answersInTurn(
        run("running", 0, ""),
        run("running", 2, ",\"rate_per_second\":1.50,\"expected_end\":\"2026-11-25T08:00:00Z\""),
        run("completed", 4, ",\"expected_end\":null"));

    var result = terminal.run("sync-run", "--provider", "paystack", "--idempotency-key", "eod:1");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .isEqualToNormalizingNewlines(
            """
            running: 2 of 4 wallets, 2 changed, 0 unchanged, 0 failed, 0 skipped; 1.50 a second, until 2026-11-25T08:00:00Z
            completed: 4 of 4 wallets, 4 changed, 0 unchanged, 0 failed, 0 skipped
            """);
    assertThat(result.out()).contains("\"state\" : \"completed\"");
    var start = server.requests().getFirst();
    assertThat(start.method() + start.target()).isEqualTo("POST/api/v1/sync-runs");
    assertThat(start.body()).isEqualTo("{\"filter\":{\"provider\":\"paystack\"}}");
    assertThat(start.headers()).containsEntry("idempotency-key", "\"eod:1\"");
    assertThat(server.requests()).hasSize(3);
    assertThat(server.requests().getLast().target()).isEqualTo("/api/v1/sync-runs/" + RUN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --connection 0199d7a0-4f3c-7c52-9d5e-0a1b2c3d4e5f | {"filter":{"connection_id":"0199d7a0-4f3c-7c52-9d5e-0a1b2c3d4e5f"}}
          --owner ada | {"filter":{"owner_id":"ada"}}
          --all | {"filter":{"all":true}}
          """)
  void asksForWhatWasTyped(String typed, String body) {
    server.answersJson(run("running", 0, ""));

    var result = terminal.run(("sync-run --no-wait " + typed).split(" "));

    assertThat(result.exitCode()).isZero();
    assertThat(server.request().body()).isEqualTo(body);
    assertThat(result.err()).contains("--idempotency-key ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--all --owner ada", "--connection 5", "--everything"})
  void startsNothingUnlessOneChoiceWasTyped(String typed) {
    var result = terminal.run(("sync-run " + typed).strip().split(" "));

    assertThat(result.exitCode()).isEqualTo(MISUSED);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void saysHowToLookAtARunThatCannotBeWatchedAnyLonger() {
    server.answersInTurn(run("running", 0, ""), "no JSON");

    var result = terminal.run("sync-run", "--all", "--idempotency-key", "eod:1");

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("no JSON");
    server.refuses(404, "{\"title\":\"There is no such sync run\",\"status\":404}");
    assertThat(terminal.run("sync-run", "--all").exitCode()).isEqualTo(1);
  }

  @Test
  void cancelsARun() {
    server.answersJson(run("cancelled", 2, ""));

    var result = terminal.run("cancel-sync-run", RUN);

    assertThat(result.exitCode()).isZero();
    assertThat(server.request().target()).isEqualTo("/api/v1/sync-runs/" + RUN + "/cancel");
    assertThat(server.request().body()).isEqualTo("{}");
  }
}
