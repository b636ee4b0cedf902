package io.walletsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What did not work is told on standard error, in a line a person can act on. */
class RefusalsTest {
  private static final String ESCAPE = "\u001b";

  private final StubServer server = new StubServer();
  private final Terminal terminal = Terminal.connectedTo(server.url());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsAProblemInOneLine() {
    server.refuses(
        404, "{\"title\":\"Wallet not found\",\"status\":404,\"detail\":\"No such wallet.\"}");

    var result = terminal.run("wallets");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualToNormalizingNewlines("Wallet not found: No such wallet. (HTTP 404)\n");
  }

  @Test
  void listsEveryErrorOfAProblem() {
    server.refuses(
        400,
        """
        {"title":"Malformed request","errors":[
          {"detail":"must be 1 to 100","parameter":"limit"},
          {"detail":"is unknown","pointer":"#/colour"},
          {"detail":"is odd"}]}
        """);

    assertThat(terminal.run("wallets").err())
        .isEqualToNormalizingNewlines(
            """
            Malformed request (HTTP 400)
              limit: must be 1 to 100
              #/colour: is unknown
              is odd
            """);
  }

  @Test
  void saysWhenToTryAgain() {
    server.refuses(409, "{\"title\":\"Request in flight\"}").withHeader("Retry-After", "2");

    assertThat(terminal.run("wallets").err())
        .isEqualToNormalizingNewlines("Request in flight (HTTP 409, Retry-After 2)\n");
  }

  @Test
  void doesNotRepeatAnErrorPage() {
    server.answers(502, "text/html", "<html>Bad gateway</html>");

    var result = terminal.run("wallets");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("HTTP 502").doesNotContain("<html>");
  }

  @Test
  void doesNotFollowARedirect() {
    server.answers(302, "text/plain", "").withHeader("Location", server.url() + "/elsewhere");

    assertThat(terminal.run("wallets").exitCode()).isEqualTo(1);
    assertThat(server.request().target()).isEqualTo("/api/v1/wallets");
  }

  @Test
  void letsNoProblemSteerTheTerminal() {
    server.refuses(502, "{\"title\":\"Provider failed\",\"detail\":\"\\u001b[2Jgone\\nnext\"}");

    assertThat(terminal.run("wallets").err())
        .doesNotContain(ESCAPE)
        .hasLineCount(1)
        .contains("gone next");
  }

  @Test
  void saysHowToStartAServerWhereNoneAnswers() throws IOException {
    int unused;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }

    var result = terminal.set("WALLETSYNC_URL", "http://127.0.0.1:" + unused).run("wallets");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).hasLineCount(1).contains("./walletsync serve");
  }

  @Test
  void doesNotTakeHalfAnAnswerForAnAnswer() {
    server.answersJson("{}").cutShort();

    var result = terminal.run("wallets");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).hasLineCount(1).contains("Try again");
  }
}
