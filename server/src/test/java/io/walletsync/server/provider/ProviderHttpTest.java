package io.walletsync.server.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.provider.BalanceProviderContract.Scene;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.server.provider.ProviderCalls.Result;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProviderHttpTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

  private final StubProvider stub = new StubProvider();
  private final ProviderHttp http = new ProviderHttp(InstantSource.fixed(NOW));

  @AfterEach
  void stop() {
    http.close();
    stub.close();
  }

  @Test
  void handsOnTheBodyOfASuccess() {
    stub.at("/", Scene.ok("grüße"));

    var result = send(Duration.ofSeconds(10));

    assertThat(((Result.Answer) result).body()).asString(StandardCharsets.UTF_8).isEqualTo("grüße");
  }

  @Test
  void acceptsABodyOfOneMebibyteAndNoByteMore() {
    stub.at("/", Scene.ok("x".repeat(1 << 20)));
    assertThat(((Result.Answer) send(Duration.ofSeconds(10))).body()).hasSize(1 << 20);

    stub.at("/", Scene.ok("x".repeat((1 << 20) + 1)));
    assertThat(failure().reason()).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void hangsUpWhenTheDeadlinePassesBeforeTheHead() throws Exception {
    warmUp();
    stub.at("/", new Scene.Silence());

    assertThat(send(Duration.ofSeconds(1))).isInstanceOf(Result.Failed.class);
    assertThat(stub.awaitHangUp()).isTrue();
  }

  @Test
  void hangsUpWhenTheDeadlinePassesInTheBody() throws Exception {
    warmUp();
    stub.at("/", new Scene.Stalls("half and half"));

    assertThat(send(Duration.ofSeconds(1))).isInstanceOf(Result.Failed.class);
    assertThat(stub.awaitHangUp()).isTrue();
  }

  @Test
  void sendsNothingWhenTheDeadlineHasPassed() {
    stub.at("/", Scene.ok("{}"));

    assertThat(send(Duration.ofMillis(-1))).isInstanceOf(Result.Failed.class);
    assertThat(stub.asked()).isEmpty();
  }

  @Test
  void sendsNoSecretAfterARedirect() {
    stub.at("/", new Scene.Answers(307, Map.of("Location", stub.url() + "/other"), ""));

    assertThat(failure().reason()).isEqualTo(Reason.UNREADABLE);
    assertThat(stub.asked()).extracting(StubProvider.Asked::target).containsExactly("/");
  }

  @Test
  void aHeadThatIsNotHttpIsUnreadable() {
    stub.at("/", new Scene.Answers(200, Map.of("Content-Length", "many"), "{}"));

    assertThat(failure().reason()).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void aHeadWithoutEndIsNotReadToItsEnd() {
    var headers = new HashMap<String, String>();
    for (var i = 0; i < 300; i++) {
      headers.put("X-Noise-" + i, "noise");
    }
    stub.at("/", new Scene.Answers(200, headers, "{}"));
    assertThat(failure().reason()).isEqualTo(Reason.UNREADABLE);

    stub.at("/", new Scene.Answers(200, Map.of("X-Noise", "x".repeat(20_000)), "{}"));
    assertThat(failure().reason()).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void aDateToComeBackAtIsCountedFromOurClock() {
    stub.at(
        "/",
        new Scene.Answers(
            503, Map.of("Retry-After", "Sun, 22 Nov 2026 08:01:30 GMT"), "not for you"));

    assertThat(failure())
        .isEqualTo(
            new ProviderFailure(
                Reason.UNAVAILABLE,
                "The provider answered with status 503.",
                Duration.ofSeconds(90)));
  }

  @Test
  void aFailureByItsStatusDoesNotWaitForItsBody() {
    stub.at("/", new Scene.Answers(503, Map.of("Content-Length", "1000"), "not all of it"));

    assertThat(failure().reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void onlySlowDownAndUnavailableCarryAWait() {
    for (var status : new int[] {400, 401, 500, 502}) {
      stub.at("/", new Scene.Answers(status, Map.of("Retry-After", "5"), ""));
      assertThat(failure().retryAfter()).isNull();
    }
  }

  @Test
  void oneConnectionServesManyCalls() {
    stub.at("/", Scene.ok("{}"));
    for (int i = 0; i < 20; i++) {
      assertThat(send(Duration.ofSeconds(10))).isInstanceOf(Result.Answer.class);
    }

    assertThat(stub.connections()).isEqualTo(1);
  }

  @Test
  void theEarlierOfTwoDeadlinesCounts() {
    var minute = Deadline.in(Duration.ofMinutes(1));

    assertThat(minute.orIn(Duration.ofMinutes(2))).isSameAs(minute);
    assertThat(minute.orIn(Duration.ofSeconds(1)).remainingNanos())
        .isLessThanOrEqualTo(Duration.ofSeconds(1).toNanos());
  }

  /** So that the deadline is spent on the provider and not on loading classes. */
  private void warmUp() {
    stub.at("/", Scene.ok("{}"));
    send(Duration.ofSeconds(10));
  }

  private Result send(Duration patience) {
    return http.send(
        Examples.connection(),
        HttpRequest.newBuilder(stub.url().resolve("/")).build(),
        Deadline.in(patience));
  }

  private ProviderFailure failure() {
    return switch (send(Duration.ofSeconds(10))) {
      case Result.Answer _ -> throw new AssertionError("an answer is no failure");
      case Result.Refused(_, _, var failure) -> failure;
      case Result.Failed(var failure) -> failure;
    };
  }
}
