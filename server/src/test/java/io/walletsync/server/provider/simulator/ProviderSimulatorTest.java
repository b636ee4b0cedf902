package io.walletsync.server.provider.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.event.Delivery;
import io.walletsync.server.provider.WebhookCatcher;
import io.walletsync.server.support.Eventually;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class ProviderSimulatorTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ExampleSimulator simulator = new ExampleSimulator();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void answersWhatTheProviderSaysToTheCall() throws Exception {
    var answer = get("/purse?page=7&name=a%20b&page=8");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"route\":\"GET /purse\",\"page\":7,\"perPage\":20,\"name\":\"a b\"}");
  }

  @Test
  void misbehavesAsToldUntilItIsTime() throws Exception {
    simulator.misbehave(Misbehaviour.unavailable(100), LONG);
    assertThat(get("/").statusCode()).isEqualTo(503);

    simulator.misbehave(Misbehaviour.garbage(100), LONG);
    assertThat(get("/").statusCode()).isEqualTo(200);
    assertThat(get("/").body()).startsWith("<html>");

    simulator.misbehave(Misbehaviour.broken(100), LONG);
    assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);

    simulator.misbehave(Misbehaviour.slow(Duration.ofMillis(300)), LONG);
    var start = System.nanoTime();
    assertThat(get("/").body()).startsWith("{\"route\"");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));

    simulator.misbehave(Misbehaviour.unavailable(100), Duration.ofMillis(1));
    Eventually.within(LONG, "good answers again", () -> status("/") == 200);
  }

  @Test
  void misbehavesForAShareOfTheCallsOnly() throws Exception {
    simulator.misbehave(Misbehaviour.unavailable(50), LONG);

    int good = 0;
    for (int i = 0; i < 200; i++) {
      good += get("/").statusCode() == 200 ? 1 : 0;
    }
    assertThat(good).isBetween(40, 160);
  }

  @Test
  void stopsWhileACallWaits() throws Exception {
    simulator.misbehave(Misbehaviour.slow(LONG), LONG);
    var call =
        client.sendAsync(
            HttpRequest.newBuilder(simulator.baseUrl().resolve("/waits")).build(),
            HttpResponse.BodyHandlers.ofString());
    Thread.sleep(50); // either way it must stop; mostly the call is in by now

    simulator.close();

    assertThatThrownBy(call::get).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void announcesToWhomItWasToldUntilItIsTaken() throws Exception {
    try (var subscriber = new WebhookCatcher(2)) {
      simulator.sendWebhooksTo(subscriber.address(), "mine", 0);
      simulator.tell("another's", "not for me");
      simulator.tell("mine", "ünïcode");

      Eventually.within(PATIENCE, "it is taken", () -> subscriber.taken().size() == 1);
      assertThat(subscriber.taken())
          .extracting(ProviderSimulatorTest::text)
          .containsExactly("seal: ünïcode");
      assertThat(subscriber.asked()).isEqualTo(3);
    }
  }

  @Test
  void sendsAShareTwiceAndDropsWhatIsNeverTaken() throws Exception {
    try (var subscriber = new WebhookCatcher(0);
        var deaf = new WebhookCatcher(Integer.MAX_VALUE)) {
      simulator.sendWebhooksTo(deaf.address(), "mine", 0);
      simulator.tell("mine", "lost");
      simulator.sendWebhooksTo(subscriber.address(), "mine", 100);
      simulator.tell("mine", "twice");

      Eventually.within(PATIENCE, "both are taken", () -> subscriber.taken().size() == 2);
      assertThat(subscriber.taken())
          .extracting(ProviderSimulatorTest::text)
          .containsOnly("seal: twice");
      Eventually.within(PATIENCE, "it is sent four times", () -> deaf.asked() == 4);
    }
  }

  private static String text(Delivery delivery) {
    return delivery.header("x-seal").orElse("no seal")
        + ": "
        + new String(delivery.body(), StandardCharsets.UTF_8);
  }

  private int status(String path) {
    try {
      return get(path).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(simulator.baseUrl().resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** A provider that says what it was asked. */
  private static final class ExampleSimulator extends ProviderSimulator {
    ExampleSimulator() {
      super(0);
      listen();
    }

    void tell(String business, String text) {
      var body = text.getBytes(StandardCharsets.UTF_8);
      announce(business, new Notification(Map.of("x-seal", "seal"), body));
    }

    @Override
    protected Answer answer(Request request) {
      return Answer.json(
          200,
          new JsonMapper()
              .createObjectNode()
              .put("route", request.route())
              .put("page", request.number("page", 1))
              .put("perPage", request.number("perPage", 20))
              .put("name", request.query("name").orElse("")));
    }

    @Override
    protected void moveAtRandom(RandomGenerator dice) {}
  }
}
