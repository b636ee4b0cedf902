package io.walletsync.server.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.provider.BalanceProviderContract.Scene;
import io.walletsync.core.provider.CallAllowances;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.CallBudget.Period;
import io.walletsync.core.wallet.ChangeConnection;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderProfiles;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.server.provider.ProviderCalls.Result;
import io.walletsync.server.support.Eventually;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GuardedCallsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Scene OK = Scene.ok("{}");
  private static final Scene AWAY = Scene.status(503);
  private static final CallRules QUICK =
      new CallRules(
          Duration.ofSeconds(5),
          Duration.ofMillis(100),
          3,
          Duration.ofMillis(10),
          Duration.ofMinutes(5),
          2,
          Duration.ofMillis(400));

  private final StubProvider stub = new StubProvider();
  private final ProviderHttp http = new ProviderHttp(InstantSource.system());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final InMemoryStorage storage = new InMemoryStorage(InstantSource.system());
  private final ConnectionId connection = connected();
  private GuardedCalls calls = calls(QUICK);

  @AfterEach
  void stop() {
    http.close();
    stub.close();
  }

  @Nested
  final class Retries {
    @Test
    void aProviderThatIsAwayForAMomentIsTriedAgain() {
      stub.atFirst("/", AWAY, Scene.status(500));
      stub.at("/", OK);

      assertThat(send()).isInstanceOf(Result.Answer.class);

      assertThat(stub.asked()).hasSize(3);
      assertThat(counted("walletsync.provider.retries", Reason.UNAVAILABLE)).isEqualTo(2);
    }

    @Test
    void aConnectionThatBreaksIsTriedAgain() {
      stub.atFirst("/", new Scene.BreaksOff("half and half"));
      stub.at("/", OK);

      assertThat(send()).isInstanceOf(Result.Answer.class);

      assertThat(counted("walletsync.provider.retries", Reason.UNREACHABLE)).isEqualTo(1);
    }

    @Test
    void threeAttemptsAreEnough() {
      stub.at("/", AWAY);

      assertThat(failure(send()).reason()).isEqualTo(Reason.UNAVAILABLE);

      assertThat(stub.asked()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 400, 401, 403, 404, 422, 429})
    void whatIsRefusedOrMisunderstoodIsNotTriedAgain(int status) {
      stub.at("/", Scene.status(status));

      failure(send());

      assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void anAttemptThatTakesTooLongEndsBeforeTheDeadlineAndIsNotTriedAgain() {
      stub.at("/", new Scene.Silence());
      calls = calls(patience(Duration.ofMillis(500)));
      var begun = System.nanoTime();

      assertThat(failure(send()).reason()).isEqualTo(Reason.TIMEOUT);

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
      assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void thereIsNoAttemptThatCouldNotEndInTime() {
      stub.at("/", AWAY);
      calls =
          calls(
              new CallRules(
                  Duration.ofSeconds(5),
                  Duration.ofSeconds(9),
                  3,
                  Duration.ofSeconds(4),
                  Duration.ofMinutes(5),
                  2,
                  Duration.ofMillis(400)));

      assertThat(failure(send(Duration.ofSeconds(10))).reason()).isEqualTo(Reason.UNAVAILABLE);

      assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void anInterruptedPauseEndsWithTheFailureBeforeIt() throws Exception {
      stub.at("/", AWAY);
      calls =
          calls(
              new CallRules(
                  Duration.ofSeconds(5),
                  Duration.ofMillis(100),
                  3,
                  Duration.ofMinutes(1),
                  Duration.ofMinutes(5),
                  2,
                  Duration.ofMillis(400)));
      var result = new CompletableFuture<Result>();
      var caller = Thread.startVirtualThread(() -> result.complete(send(Duration.ofMinutes(10))));
      Eventually.within(PATIENCE, "the first attempt", () -> !stub.asked().isEmpty());

      caller.interrupt();

      assertThat(failure(result.get(10, TimeUnit.SECONDS)).reason())
          .isIn(Reason.UNAVAILABLE, Reason.UNREACHABLE);
      assertThat(stub.asked()).hasSize(1);
    }
  }

  @Nested
  final class WishesToBeLeftAlone {
    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void areWaitedForWhereTheDeadlineAllows(int status) {
      stub.atFirst("/", later(status, 1));
      stub.at("/", OK);
      var begun = System.nanoTime();

      assertThat(send()).isInstanceOf(Result.Answer.class);

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
      assertThat(stub.asked()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void keepFurtherCallsOfThatConnectionFromBeingSent(int status) {
      stub.atFirst("/", later(status, 60));
      stub.at("/", OK);
      failure(send());

      var refused = failure(send());

      assertThat(refused.reason()).isEqualTo(Reason.RATE_LIMITED);
      assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
      assertThat(stub.asked()).hasSize(1);
      assertThat(counted("walletsync.provider.calls.not.sent", Reason.RATE_LIMITED)).isEqualTo(1);
      assertThat(send(connected(), PATIENCE)).isInstanceOf(Result.Answer.class);
    }

    @Test
    void areNotHonouredForEver() {
      calls =
          calls(
              new CallRules(
                  Duration.ofSeconds(5),
                  Duration.ofMillis(100),
                  3,
                  Duration.ofMillis(10),
                  Duration.ofMillis(300),
                  2,
                  Duration.ofMillis(400)));
      stub.atFirst("/", later(429, 3_000));
      stub.at("/", OK);
      failure(send());

      Eventually.within(PATIENCE, "a call is sent", () -> send() instanceof Result.Answer);
    }
  }

  @Nested
  final class Circuits {
    @Test
    void openWhenNearlyEverythingFailsAndCloseWhenItWorksAgain() {
      stub.at("/", AWAY);
      while (stub.asked().size() < 10) {
        failure(send());
      }
      var asked = stub.asked().size();

      var refused = failure(send());

      assertThat(refused.reason()).isEqualTo(Reason.CIRCUIT_OPEN);
      assertThat(Objects.requireNonNull(refused.retryAfter()))
          .isBetween(Duration.ZERO, Duration.ofMillis(400));
      assertThat(stub.asked()).hasSize(asked);
      assertThat(counted("walletsync.provider.calls.not.sent", Reason.CIRCUIT_OPEN)).isEqualTo(1);
      assertThat(send(connected(), PATIENCE)).isInstanceOf(Result.Failed.class);
      assertThat(stub.asked()).hasSizeGreaterThan(asked);

      stub.at("/", OK);
      Eventually.within(PATIENCE, "a trial is sent", () -> send() instanceof Result.Answer);
      for (var i = 0; i < 20; i++) {
        assertThat(send()).isInstanceOf(Result.Answer.class);
      }
    }

    @Test
    void areCountedWhileTheyAreOpen() {
      calls = calls(withOpenFor(Duration.ofMinutes(1)));
      stub.at("/", AWAY);
      failure(send());
      assertThat(openCircuits()).isZero();
      while (failure(send()).reason() != Reason.CIRCUIT_OPEN) {
        assertThat(stub.asked()).hasSizeLessThan(30);
      }

      assertThat(openCircuits()).isEqualTo(1);
    }

    @Test
    void stayClosedWhileEverySecondCallWorks() {
      for (var i = 0; i < 40; i++) {
        stub.atFirst("/", AWAY, OK);
      }

      assertThat(IntStream.range(0, 40).mapToObj(_ -> send()))
          .hasOnlyElementsOfType(Result.Answer.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 401, 404, 429})
    void stayClosedWhereTheProviderAnswers(int status) {
      stub.at("/", Scene.status(status));

      for (var i = 0; i < 30; i++) {
        assertThat(failure(send()).reason()).isNotEqualTo(Reason.CIRCUIT_OPEN);
      }

      assertThat(stub.asked()).hasSize(30);
    }

    @Test
    void stayClosedWhereItWasTheCallerWhoHadNoTime() {
      stub.at("/", new Scene.Silence());
      for (var i = 0; i < 25; i++) {
        assertThat(failure(send(Duration.ofMillis(20))).reason()).isIn(Reason.TIMEOUT, Reason.BUSY);
      }
      stub.at("/", OK);

      assertThat(send()).isInstanceOf(Result.Answer.class);
    }

    @Test
    void openForTimeOutsToo() {
      calls = calls(patience(Duration.ofMillis(120)));
      stub.at("/", new Scene.Silence());
      for (var i = 0; i < 10; i++) {
        assertThat(failure(send()).reason()).isEqualTo(Reason.TIMEOUT);
      }

      assertThat(failure(send()).reason()).isEqualTo(Reason.CIRCUIT_OPEN);
    }
  }

  @Nested
  final class ManyAtOnce {
    @Test
    void onlySoManyCallsAreUnderWayAndTheRestWaitForTheirTurn() {
      stub.at("/", new Scene.Drips("{}"));

      var results = Concurrently.call(8, _ -> send());

      assertThat(results).hasOnlyElementsOfType(Result.Answer.class);
      assertThat(stub.connections()).isLessThanOrEqualTo(2);
    }

    @Test
    void whoGetsNoTurnInTimeIsToldSo() throws Exception {
      stub.at("/", new Scene.Silence());
      var held =
          IntStream.range(0, 2)
              .mapToObj(
                  _ -> CompletableFuture.supplyAsync(() -> send(), Thread::startVirtualThread))
              .toList();
      Eventually.within(PATIENCE, "two calls", () -> stub.asked().size() == 2);

      assertThat(failure(send(Duration.ofMillis(200))).reason()).isEqualTo(Reason.BUSY);
      stub.at("/elsewhere", OK);
      assertThat(calls.send(kept(connected()), request("/elsewhere"), Deadline.in(PATIENCE)))
          .isInstanceOf(Result.Answer.class);

      assertThat(stub.asked()).hasSize(3);
      for (var call : held) {
        assertThat(failure(call.get(20, TimeUnit.SECONDS)).reason()).isEqualTo(Reason.TIMEOUT);
      }
      stub.at("/", OK);
      assertThat(send()).isInstanceOf(Result.Answer.class);
    }
  }

  @Nested
  final class Budgets {
    @Test
    void aDaysBudgetThatIsSpentIsNotExceeded() {
      stub.at("/", OK);
      var frugal = connected(new CallBudget(null, 2));
      send(frugal, PATIENCE);
      send(frugal, PATIENCE);

      var refused = failure(send(frugal, PATIENCE));

      assertThat(refused.reason()).isEqualTo(Reason.QUOTA_SPENT);
      assertThat(refused.retryAfter()).isBetween(Duration.ZERO, Duration.ofDays(1));
      assertThat(stub.asked()).hasSize(2);
      assertThat(counted("walletsync.provider.calls.not.sent", Reason.QUOTA_SPENT)).isEqualTo(1);
      assertThat(send()).isInstanceOf(Result.Answer.class);
    }

    @Test
    void retriesAreSpentTooAndLeaveTheFailureBeforeThem() {
      stub.at("/", AWAY);
      var frugal = connected(new CallBudget(null, 2));

      assertThat(failure(send(frugal, PATIENCE)).reason()).isEqualTo(Reason.UNAVAILABLE);

      assertThat(stub.asked()).hasSize(2);
    }

    @Test
    void aSecondsBudgetIsWaitedFor() {
      stub.at("/", OK);
      var slow = connected(new CallBudget(2, null));
      var begun = System.nanoTime();

      for (var i = 0; i < 6; i++) {
        assertThat(send(slow, PATIENCE)).isInstanceOf(Result.Answer.class);
      }

      // six calls need three seconds' budgets, and one whole second lies between the outer two
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void aSecondsBudgetIsNotWaitedForBeyondTheDeadline() {
      stub.at("/", OK);
      var slow = connected(new CallBudget(1, null));
      var refused = 0;

      for (var i = 0; i < 3; i++) {
        refused +=
            send(slow, Duration.ofMillis(110)) instanceof Result.Failed(var failure)
                    && failure.reason() == Reason.QUOTA_SPENT
                ? 1
                : 0;
      }

      assertThat(refused).isPositive();
      assertThat(stub.asked()).hasSize(3 - refused);
    }

    @Test
    void aBudgetThatIsRaisedCountsSoon() {
      stub.at("/", OK);
      var frugal = connected(new CallBudget(null, 1));
      send(frugal, PATIENCE);
      assertThat(failure(send(frugal, PATIENCE)).reason()).isEqualTo(Reason.QUOTA_SPENT);

      change(frugal, 2);

      Eventually.within(
          PATIENCE, "a call is sent", () -> send(frugal, PATIENCE) instanceof Result.Answer);
      assertThat(stub.asked()).hasSize(2);
    }

    @Test
    void withoutTheDatabaseNothingIsSentAndNothingIsHeld() {
      stub.at("/", OK);
      var away = new AtomicBoolean(true);
      calls = calls(new SometimesAway(storage.callAllowances(), away), QUICK);
      var frugal = connected(new CallBudget(null, 100));
      for (var i = 0; i < 30; i++) {
        assertThatThrownBy(() -> send(frugal, PATIENCE)).hasMessage("away on purpose");
      }
      assertThat(stub.asked()).isEmpty();

      away.set(false);

      assertThat(Concurrently.call(2, _ -> send(frugal, PATIENCE)))
          .hasOnlyElementsOfType(Result.Answer.class);
    }

    private void change(ConnectionId frugal, int perDay) {
      var change =
          new ChangeConnection(
              storage.connections(),
              storage.transactions(),
              new Auditor(storage.auditTrail(), new SequentialIds(), InstantSource.system()));
      change.change(
          new ChangeConnection.Command(
              Examples.actor(), Visibility.ALL, frugal, Map.of(Period.DAY, perDay)));
    }
  }

  /** A database that is away while a test says so. */
  private record SometimesAway(CallAllowances allowances, AtomicBoolean away)
      implements CallAllowances {
    @Override
    public Grant take(ConnectionId connection, Period period, int limit, int wanted) {
      if (away.get()) {
        throw new IllegalStateException("away on purpose");
      }
      return allowances.take(connection, period, limit, wanted);
    }

    @Override
    public HandedOut handedOut(Collection<ConnectionId> connections) {
      return allowances.handedOut(connections);
    }
  }

  private GuardedCalls calls(CallRules rules) {
    return calls(storage.callAllowances(), rules);
  }

  private GuardedCalls calls(CallAllowances allowances, CallRules rules) {
    var profiles = new ProviderProfiles(List.of(Examples.profile(Examples.PAYSTACK)));
    return new GuardedCalls(http, profiles::budget, allowances, new CallMeters(registry), rules);
  }

  private static CallRules patience(Duration ofAnAttempt) {
    return new CallRules(
        ofAnAttempt,
        QUICK.shortestAttempt(),
        QUICK.attempts(),
        QUICK.firstPause(),
        QUICK.longestQuiet(),
        QUICK.atOnce(),
        Duration.ofMinutes(1));
  }

  private static CallRules withOpenFor(Duration openFor) {
    return new CallRules(
        QUICK.attemptPatience(),
        QUICK.shortestAttempt(),
        QUICK.attempts(),
        QUICK.firstPause(),
        QUICK.longestQuiet(),
        QUICK.atOnce(),
        openFor);
  }

  private ConnectionId connected() {
    return connected(CallBudget.UNLIMITED);
  }

  private ConnectionId connected(CallBudget budget) {
    var like = Examples.connection();
    var kept =
        new Connection(
            like.id(), like.provider(), null, like.name(), null, null, like.createdAt(), budget);
    var credentials = Examples.credentials();
    storage.connections().add(kept, credentials, credentials.get("secret_key"));
    return kept.id();
  }

  private Result send() {
    return send(PATIENCE);
  }

  private Result send(Duration patience) {
    return send(connection, patience);
  }

  private Result send(ConnectionId of, Duration patience) {
    return calls.send(kept(of), request("/"), Deadline.in(patience));
  }

  /** As whoever opens it now would find it. */
  private Connection kept(ConnectionId id) {
    return storage.connections().find(id, Visibility.ALL).orElseThrow();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(stub.url().resolve(path)).build();
  }

  private static Scene later(int status, int seconds) {
    return new Scene.Answers(status, Map.of("Retry-After", Integer.toString(seconds)), "");
  }

  private static ProviderFailure failure(Result result) {
    return switch (result) {
      case Result.Answer _ -> throw new AssertionError("an answer is no failure");
      case Result.Refused(_, _, var failure) -> failure;
      case Result.Failed(var failure) -> failure;
    };
  }

  private double counted(String name, Reason reason) {
    return registry
        .get(name)
        .tags("provider", "paystack", "reason", reason.code())
        .counter()
        .count();
  }

  private double openCircuits() {
    return registry
        .get("walletsync.provider.circuits.open")
        .tag("provider", "paystack")
        .gauge()
        .value();
  }
}
