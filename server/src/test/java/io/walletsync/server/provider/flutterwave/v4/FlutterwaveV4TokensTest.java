package io.walletsync.server.provider.flutterwave.v4;

import static io.walletsync.core.provider.BalanceProviderContract.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.BalanceProviderContract.Scene;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.Environment;
import io.walletsync.server.provider.Deadline;
import io.walletsync.server.provider.ProviderCalls;
import io.walletsync.server.provider.flutterwave.Samples;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FlutterwaveV4TokensTest {
  private static final String BALANCES = "/live/wallets/balances";

  private final V4Stub flutterwave = new V4Stub();

  @AfterEach
  void stop() {
    flutterwave.close();
  }

  @Test
  void aTokenServesUntilAMinuteBeforeItsEnd() {
    theBalances();
    fetch();
    flutterwave.pass(Duration.ofSeconds(539));
    fetch();
    assertThat(flutterwave.tokensAsked()).isEqualTo(1);

    flutterwave.pass(Duration.ofSeconds(1));
    fetch();
    assertThat(flutterwave.tokensAsked()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "0",
        "-600",
        "60",
        "\"600\"",
        "600.5",
        "true",
        "[]",
        "9223372036854775808"
      })
  void aTokenWhoseLifeIsUnknownOrShortServesOnce(String expiresIn) {
    theBalances();
    flutterwave.theToken(Scene.ok(token("a", expiresIn)));

    assertThat(fetch()).isInstanceOf(Reply.Reading.class);
    assertThat(fetch()).isInstanceOf(Reply.Reading.class);
    assertThat(flutterwave.tokensAsked()).isEqualTo(2);
  }

  @Test
  void aTokenWithoutALifeServesOnce() {
    theBalances();
    flutterwave.theToken(Scene.ok("{\"access_token\":\"a\",\"token_type\":\"Bearer\"}"));

    assertThat(fetch()).isInstanceOf(Reply.Reading.class);
    assertThat(fetch()).isInstanceOf(Reply.Reading.class);
    assertThat(flutterwave.tokensAsked()).isEqualTo(2);
  }

  @Test
  void noTokenIsKeptForLongerThanAnHour() {
    theBalances();
    flutterwave.theToken(Scene.ok(token("a", Long.toString(Long.MAX_VALUE))));
    fetch();
    flutterwave.pass(Duration.ofMinutes(58));
    fetch();
    assertThat(flutterwave.tokensAsked()).isEqualTo(1);

    flutterwave.pass(Duration.ofMinutes(2));
    fetch();
    assertThat(flutterwave.tokensAsked()).isEqualTo(2);
  }

  @Test
  void everyConnectionAndEveryPairOfCredentialsHasItsOwn() {
    theBalances();
    for (var connection :
        List.of(
            V4Stub.connection(1, "one", Environment.LIVE),
            V4Stub.connection(2, "one", Environment.LIVE),
            V4Stub.connection(1, "two", Environment.LIVE),
            V4Stub.connection(1, "one", Environment.LIVE))) {
      flutterwave.provider.fetch(connection, Set.of(), PATIENCE);
    }

    assertThat(flutterwave.tokensAsked()).isEqualTo(3);
  }

  @Test
  void oneTokenIsAskedForHoweverManyWaitForIt() throws Exception {
    theBalances();
    var calls = new HeldCalls(flutterwave.http);
    var provider = calls.provider(flutterwave);

    var asking = new CountDownLatch(32);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var replies =
          Stream.generate(
                  () ->
                      threads.submit(
                          () -> {
                            asking.countDown();
                            return provider.fetch(V4Stub.connection(), Set.of(), PATIENCE);
                          }))
              .limit(32)
              .toList();
      assertThat(asking.await(10, TimeUnit.SECONDS)).isTrue();
      provider.fetch(V4Stub.connection(), Set.of(), Duration.ofMillis(100));
      calls.letGo();
      for (var reply : replies) {
        assertThat(reply.get()).isInstanceOf(Reply.Reading.class);
      }
    }
    assertThat(flutterwave.tokensAsked()).isEqualTo(1);
  }

  @Test
  void whoWaitsForATokenWaitsNoLongerThanItsOwnDeadline() throws Exception {
    theBalances();
    var calls = new HeldCalls(flutterwave.http);
    var provider = calls.provider(flutterwave);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var patient = threads.submit(() -> provider.fetch(V4Stub.connection(), Set.of(), PATIENCE));
      calls.awaitToken();

      var hasty = provider.fetch(V4Stub.connection(), Set.of(), Duration.ofMillis(50));

      assertThat(reason(hasty)).isEqualTo(Reason.TIMEOUT);
      calls.letGo();
      assertThat(patient.get()).isInstanceOf(Reply.Reading.class);
    }
    assertThat(flutterwave.tokensAsked()).isEqualTo(1);
  }

  @Test
  void aSilentTokenHostCostsNoMoreThanTheDeadline() {
    flutterwave.theToken(new Scene.Silence());
    var start = System.nanoTime();

    var reply = flutterwave.provider.fetch(V4Stub.connection(), Set.of(), Duration.ofMillis(400));

    assertThat(reason(reply)).isEqualTo(Reason.TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void aTokenThatEndedEarlyIsReplacedOnce() {
    var calls =
        new ScriptedCalls(
            answer(token("old", "600")),
            unauthorized(),
            answer(token("new", "600")),
            answer(Samples.text("v4/balances")),
            answer(Samples.text("v4/balances")));
    var provider = provider(calls);

    assertThat(provider.fetch(V4Stub.connection(), Set.of(), PATIENCE))
        .isInstanceOf(Reply.Reading.class);
    assertThat(provider.fetch(V4Stub.connection(), Set.of(), PATIENCE))
        .isInstanceOf(Reply.Reading.class);
    assertThat(calls.bearers()).containsExactly("", "old", "", "new", "new");
  }

  @Test
  void aFreshTokenThatIsRefusedTooIsTheEnd() {
    var calls =
        new ScriptedCalls(
            answer(token("old", "600")),
            unauthorized(),
            answer(token("new", "600")),
            unauthorized());

    var reply = provider(calls).fetch(V4Stub.connection(), Set.of(), PATIENCE);

    assertThat(reason(reply)).isEqualTo(Reason.UNAUTHORIZED);
    assertThat(calls.bearers()).containsExactly("", "old", "", "new");
  }

  @Test
  void aTokenThatSomebodyElseReplacedAlreadyIsNotAskedForAgain() {
    var calls = new ScriptedCalls(answer(token("old", "600")), answer(token("new", "600")));
    var tokens = new FlutterwaveV4Tokens(calls, "http://127.0.0.1:9/token", () -> 0);
    var old = (Grant.Token) tokens.get(V4Stub.connection(), Deadline.in(PATIENCE));

    var one = tokens.getInsteadOf(old, V4Stub.connection(), Deadline.in(PATIENCE));
    var two = tokens.getInsteadOf(old, V4Stub.connection(), Deadline.in(PATIENCE));

    assertThat(one).isEqualTo(two).isNotEqualTo(old);
    assertThat(calls.bearers()).hasSize(2);
  }

  @Test
  void aRefusedClientIsUnauthorizedAndMayTryAgain() {
    theBalances();
    for (var status : List.of(401, 400, 403)) {
      flutterwave.theToken(
          new Scene.Answers(status, Map.of(), Samples.text("v4/error-invalid-client")));
      assertThat(reason(fetch())).as("status %d", status).isEqualTo(Reason.UNAUTHORIZED);
    }

    flutterwave.theToken(Scene.ok(Samples.text("v4/token")));
    assertThat(fetch()).isInstanceOf(Reply.Reading.class);
  }

  @Test
  void noDenialIsHandedToWhoComesAfterIt() {
    var asked = new AtomicInteger();
    ProviderCalls calls =
        (_, _, _) ->
            new ProviderCalls.Result.Failed(
                ProviderFailure.of(Reason.UNAVAILABLE, "Denial " + asked.incrementAndGet()));
    var tokens = new FlutterwaveV4Tokens(calls, "http://127.0.0.1:9/token", () -> 0);

    for (int i = 1; i <= 2000; i++) {
      var denied = (Grant.Denied) tokens.get(V4Stub.connection(), Deadline.in(PATIENCE));
      assertThat(denied.failure().detail()).isEqualTo("Denial " + i);
    }
  }

  @Test
  void aTokenHostThatFailsIsAFailureOfItsKind() {
    theBalances();
    Map.of(404, Reason.REJECTED, 429, Reason.RATE_LIMITED, 500, Reason.UNAVAILABLE)
        .forEach(
            (status, expected) -> {
              flutterwave.theToken(Scene.status(status));
              assertThat(reason(fetch())).as("status %d", status).isEqualTo(expected);
            });
    flutterwave.theToken(new Scene.HangsUp());
    assertThat(reason(fetch())).isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void whatIsNoTokenIsUnreadableAndNeverSent() {
    theBalances();
    Stream.of(
            "<html></html>",
            "{}",
            "{\"access_token\":\"a\",\"expires_in\":600}",
            "{\"access_token\":\"a\",\"expires_in\":600,\"token_type\":\"mac\"}",
            token("", "600"),
            token("a b", "600"),
            token("a\\r\\nX-Evil: 1", "600"),
            token("\\u00e4", "600"),
            token("a".repeat(20_000), "600"),
            "{\"access_token\":7,\"expires_in\":600,\"token_type\":\"Bearer\"}",
            "{\"access_token\":null,\"expires_in\":600,\"token_type\":\"Bearer\"}")
        .forEach(
            answer -> {
              flutterwave.theToken(Scene.ok(answer));
              assertThat(reason(fetch())).as(answer).isEqualTo(Reason.UNREADABLE);
            });
    assertThat(flutterwave.stub.asked()).noneMatch(asked -> asked.target().equals(BALANCES));
  }

  @Test
  void neitherTokenNorSecretIsPrinted() throws Exception {
    var token = Grant.Token.read(Samples.bytes("v4/token"));
    assertThat(token.value()).isEqualTo(V4Stub.TOKEN);
    assertThat(token.toString()).doesNotContain("eyJ");

    var words = V4Stub.TOKEN + " " + V4Stub.SECRET;
    for (var status : List.of(200, 400, 401, 404, 500)) {
      flutterwave.theToken(new Scene.Answers(status, Map.of(), words));
      assertThat(fetch().toString()).doesNotContain("eyJ").doesNotContain(V4Stub.SECRET);
    }
  }

  @Test
  void theSecretsTravelInTheBodyAndNotInTheAddress() {
    theBalances();
    fetch();

    assertThat(flutterwave.stub.asked())
        .allSatisfy(asked -> assertThat(asked.head()).doesNotContain(V4Stub.SECRET));
    assertThat(flutterwave.stub.asked().getFirst().body())
        .isEqualTo(
            "grant_type=client_credentials&client_id=%s-id&client_secret=%s"
                .formatted(V4Stub.SECRET, V4Stub.SECRET));
  }

  @Test
  void aSecretOfAnyCharactersIsOneFieldOfTheForm() {
    theBalances();
    flutterwave.provider.fetch(
        V4Stub.connection(1, "a&b=c+d%e", Environment.LIVE), Set.of(), PATIENCE);

    assertThat(flutterwave.stub.asked().getFirst().body())
        .endsWith("&client_id=a%26b%3Dc%2Bd%25e-id&client_secret=a%26b%3Dc%2Bd%25e");
  }

  private void theBalances() {
    flutterwave.stub.at(BALANCES, Scene.ok(Samples.text("v4/balances")));
  }

  private Reply fetch() {
    return flutterwave.provider.fetch(V4Stub.connection(), Set.of(), PATIENCE);
  }

  private static String token(String value, String expiresIn) {
    return "{\"access_token\":\"%s\",\"expires_in\":%s,\"token_type\":\"Bearer\"}"
        .formatted(value, expiresIn);
  }

  private static Reason reason(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Failure.class);
    return ((Reply.Failure) reply).failure().reason();
  }

  private static ProviderCalls.Result answer(String body) {
    return new ProviderCalls.Result.Answer(body.getBytes(UTF_8));
  }

  private static ProviderCalls.Result unauthorized() {
    return new ProviderCalls.Result.Refused(
        401,
        Samples.bytes("v4/error-unauthorized"),
        ProviderFailure.of(Reason.UNAUTHORIZED, "The provider answered with status 401."));
  }

  private static FlutterwaveV4BalanceProvider provider(ProviderCalls calls) {
    return new FlutterwaveV4BalanceProvider(
        calls,
        new FlutterwaveV4Tokens(calls, "http://127.0.0.1:9/token", () -> 0),
        new V4Calls.Hosts("http://127.0.0.1:9", "http://127.0.0.1:9"));
  }

  /** Answers in turn, and remembers who asked with which token. */
  private static final class ScriptedCalls implements ProviderCalls {
    private final List<Result> results;
    private final List<String> bearers = new ArrayList<>();

    private ScriptedCalls(Result... results) {
      this.results = new ArrayList<>(List.of(results));
    }

    @Override
    public synchronized Result send(Connection connection, HttpRequest request, Deadline deadline) {
      bearers.add(
          request.headers().firstValue("Authorization").orElse("").replaceFirst("Bearer ", ""));
      return results.removeFirst();
    }

    synchronized List<String> bearers() {
      return List.copyOf(bearers);
    }
  }

  /** Holds the calls for a token until they are let go. */
  private static final class HeldCalls implements ProviderCalls {
    private final ProviderCalls calls;
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    private HeldCalls(ProviderCalls calls) {
      this.calls = calls;
    }

    FlutterwaveV4BalanceProvider provider(V4Stub flutterwave) {
      return new FlutterwaveV4BalanceProvider(
          this,
          new FlutterwaveV4Tokens(this, flutterwave.stub.url() + "/token", () -> 0),
          new V4Calls.Hosts(flutterwave.stub.url() + "/live", ""));
    }

    void awaitToken() throws InterruptedException {
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
    }

    void letGo() {
      gate.countDown();
    }

    @Override
    public Result send(Connection connection, HttpRequest request, Deadline deadline) {
      if (request.uri().getPath().equals("/token")) {
        arrived.countDown();
        try {
          assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
      return calls.send(connection, request, deadline);
    }
  }
}
