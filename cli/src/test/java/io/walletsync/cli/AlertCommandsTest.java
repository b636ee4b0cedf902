package io.walletsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was found is listed, and what people decide about it is posted as they typed it. */
class AlertCommandsTest {
  private static final String ALERT = "0199d7a0-4f3c-7c52-9d5e-0a1b2c3d4e5f";

  private final StubServer server = new StubServer();
  private final Terminal terminal = Terminal.connectedTo(server.url());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsAlertsByWhatWasTyped() {
    assertThat(
            terminal
                .run(
                    "alerts",
                    "--state",
                    "open,snoozed",
                    "--wallet",
                    ALERT,
                    "--rule",
                    ALERT,
                    "--kind",
                    "balance_below",
                    "--severity",
                    "critical",
                    "--limit",
                    "5",
                    "--cursor",
                    "a b")
                .exitCode())
        .isZero();
    assertThat(server.request().method()).isEqualTo("GET");
    assertThat(server.request().target())
        .isEqualTo(
            "/api/v1/alerts?state=open%%2Csnoozed&rule_id=%s&wallet_id=%s&kind=balance_below"
                    .formatted(ALERT, ALERT)
                + "&severity=critical&limit=5&cursor=a%20b");
  }

  @Test
  void listsTheRules() {
    assertThat(terminal.run("alert-rules", "--enabled", "false").exitCode()).isZero();
    assertThat(server.request().target()).isEqualTo("/api/v1/alert-rules?enabled=false");
  }

  @Test
  void acknowledgesWithANoteOrWithoutOne() {
    assertThat(terminal.run("acknowledge-alert", ALERT).exitCode()).isZero();
    assertThat(terminal.run("acknowledge-alert", ALERT, "--note", "Ọlá looks").exitCode()).isZero();

    assertThat(server.requests())
        .extracting(StubServer.Seen::method, StubServer.Seen::target, StubServer.Seen::body)
        .containsExactly(
            tuple("POST", "/api/v1/alerts/" + ALERT + "/acknowledge", "{}"),
            tuple("POST", "/api/v1/alerts/" + ALERT + "/acknowledge", "{\"note\":\"Ọlá looks\"}"));
  }

  @Test
  void snoozesUntilATime() {
    assertThat(
            terminal.run("snooze-alert", ALERT, "2026-12-01T08:00:00Z", "--note", "x").exitCode())
        .isZero();
    assertThat(server.request().target()).isEqualTo("/api/v1/alerts/" + ALERT + "/snooze");
    assertThat(server.request().body())
        .isEqualTo("{\"until\":\"2026-12-01T08:00:00Z\",\"note\":\"x\"}");
  }

  @Test
  void resolvesWithANoteAndNeverWithoutOne() {
    assertThat(terminal.run("resolve-alert", ALERT).exitCode()).isEqualTo(64);
    assertThat(server.requests()).isEmpty();

    assertThat(terminal.run("resolve-alert", ALERT, "--note", "topped up").exitCode()).isZero();
    assertThat(server.request().target()).isEqualTo("/api/v1/alerts/" + ALERT + "/resolve");
    assertThat(server.request().body()).isEqualTo("{\"note\":\"topped up\"}");
  }
}
