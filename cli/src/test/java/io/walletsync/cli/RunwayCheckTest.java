package io.walletsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A monitoring system learns from the exit code: 0 all is well, 2 critical, 3 unknown. */
class RunwayCheckTest {
  private static final String WALLET = "0199d7a0-4f3c-7c52-9d5e-0a1b2c3d4e5f";

  private final StubServer server = new StubServer();
  private final Terminal terminal = Terminal.connectedTo(server.url());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isWellWhereTheMoneyLasts() {
    server.answersJson("{\"earliest\":{\"beyond_horizon\":true}}");

    var result =
        terminal.run(
            "runway",
            WALLET,
            "--check",
            "--at-least",
            "P2D",
            "--by",
            "expected",
            "--max-age",
            "PT5M",
            "--minimum",
            "5.00");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).hasLineCount(1).startsWith("OK - ");
    assertThat(server.request().target())
        .isEqualTo(
            "/api/v1/wallets/"
                + WALLET
                + "/runway/health?minimum=5.00&at_least=PT48H&by=expected&max_age=PT5M");
  }

  @ParameterizedTest
  @CsvSource({
    "503, runway-too-short,      2, CRITICAL",
    "503, runway-unknown,        3, UNKNOWN",
    "503, database-unavailable,  3, UNKNOWN",
    "404, wallet-not-found,      3, UNKNOWN",
    "401, signature-invalid,     3, UNKNOWN",
  })
  void isCriticalOnlyWhereItIsKnownToRunOut(int status, String problem, int exitCode, String word) {
    server.refuses(
        status,
        "{\"type\":\"urn:walletsync:problem:%s\",\"title\":\"It is so\",\"reason\":\"stale\"}"
            .formatted(problem));

    var result = terminal.run("runway", WALLET, "--check");

    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(result.out())
        .isEqualToNormalizingNewlines(word + " - It is so (HTTP " + status + ", reason stale)\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void isUnknownWhereNobodyAnswersOrSomebodyElseDoes() {
    server.answers(200, "text/html", "<html>welcome</html>");
    assertThat(terminal.run("runway", WALLET, "--check").exitCode()).isEqualTo(3);

    var nobody = terminal.run("runway", WALLET, "--check", "--url", "http://127.0.0.1:1");
    assertThat(nobody.exitCode()).isEqualTo(3);
    assertThat(nobody.out()).hasLineCount(1).startsWith("UNKNOWN - ");
  }

  @Test
  void isUnknownWhereItIsNotSetUp() {
    var result = terminal.unset("WALLETSYNC_KEY_SECRET").run("runway", WALLET, "--check");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).hasLineCount(1).startsWith("UNKNOWN - No secret");
  }

  @Test
  void saysHowItExits() {
    assertThat(terminal.run("runway", "--help").out())
        .contains("--check", "--at-least", "with --check: it does not last long enough");
  }
}
