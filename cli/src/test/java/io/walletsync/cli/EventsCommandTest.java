package io.walletsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events are printed one a line, each once, however often the stream ends or breaks. */
class EventsCommandTest {
  private static final String WALLET = "0199d7a0-4f3c-7c52-9d5e-0a1b2c3d4e5f";
  private static final String BEGIN = "retry: 10\nid: start\n\n";

  private final StubServer server = new StubServer();
  private final Terminal terminal = Terminal.connectedTo(server.url());

  @AfterEach
  void stop() {
    server.close();
  }

  private static String event(String id, int number) {
    return "id: %s\nevent: balance.changed\ndata: {\"number\":%d}\n\n".formatted(id, number);
  }

  private static String halfAnEvent(String id) {
    return "id: " + id + "\nevent: balance.changed\n";
  }

  @Test
  void printsEachEventOnceAndGoesOnBehindTheLastOneThatWasWhole() {
    server.streamsInTurn(
        BEGIN + event("a", 1) + ": nothing new\n\n" + event("b", 2) + halfAnEvent("c"),
        BEGIN + event("c", 3) + "id: passed-over\n\n",
        BEGIN + event("d", 4));

    var result = terminal.run("events", "--type", "balance.changed", "--wallet", WALLET);

    assertThat(result.out()).isEqualToNormalizingNewlines(lines(1, 2, 3, 4));
    assertThat(server.requests().stream().map(StubServer.Seen::target))
        .containsExactly(target("latest"), target("b"), target("passed-over"), target("d"));
    assertThat(result.err()).contains("The API key is gone");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void goesOnWhenTheConnectionBreaks() {
    server.streamsInTurn(BEGIN + event("a", 1), BEGIN + event("b", 2)).cutShort();

    var result = terminal.run("events", "--after", "beginning");

    assertThat(result.out()).isEqualToNormalizingNewlines(lines(1, 2));
    assertThat(result.err()).contains("it goes on behind a as soon as it can");
    assertThat(server.requests().getFirst().target()).isEqualTo("/api/v1/events/stream");
    assertThat(server.requests().getLast().target()).endsWith("?after=b");
  }

  @Test
  void endsAtOnceWhereNobodyIsOrNobodyMay() {
    server.refuses(503, "{\"title\":\"Too many requests wait already\",\"status\":503}");
    assertThat(terminal.run("events").exitCode()).isEqualTo(1);
    server.close();

    assertThat(terminal.run("events").exitCode()).isEqualTo(2);
  }

  private static String target(String after) {
    return "/api/v1/events/stream?after=" + after + "&type=balance.changed&wallet_id=" + WALLET;
  }

  private static String lines(int... numbers) {
    var lines = new StringBuilder();
    for (var number : numbers) {
      lines.append("{\"number\":").append(number).append("}\n");
    }
    return lines.toString();
  }
}
