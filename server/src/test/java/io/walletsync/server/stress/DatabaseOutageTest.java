package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TcpProxy;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * The database goes away or hangs, and comes back. Meanwhile requests fail within their time and
 * say when to come again; afterwards everything works without a restart, and nothing is doubled.
 */
class DatabaseOutageTest {
  private static final String SECRET_KEY = "sk_test_outage";
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(12);
  private static final Duration RECOVERY = Duration.ofSeconds(8);
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final int CALLERS = 16;

  private final TestDatabase database = TestDatabase.create();
  private final TcpProxy way = new TcpProxy(database.host());
  private final StubPaystack paystack = new StubPaystack();
  private volatile CountDownLatch held = new CountDownLatch(0);
  private TestServer server;
  private ApiClient client;
  private String wallet;

  @BeforeEach
  void aSyncedWallet() {
    server =
        TestServer.start(
            database,
            paystack.url(),
            Map.of(
                "WALLETSYNC_DATABASE_URL", throughTheProxy(database.applicationUrl()),
                "WALLETSYNC_DATABASE_OWNER_URL", throughTheProxy(database.ownerUrl())));
    expectedWarnings(LogLevel.OFF);
    client = server.client();
    paystack.replies(
        SECRET_KEY,
        call -> {
          awaitRelease();
          return StubPaystack.balance("NGN", call);
        });
    wallet = client.register(client.connect(SECRET_KEY), "NGN");
    client.sync(wallet).expect(200);
  }

  private String throughTheProxy(String url) {
    return url.replace(database.host(), way.hostAndPort());
  }

  /** Every failed request leaves one, which would drown what is worth reading in a test's log. */
  private static void expectedWarnings(@Nullable LogLevel level) {
    var logging = LoggingSystem.get(DatabaseOutageTest.class.getClassLoader());
    logging.setLogLevel("io.walletsync.server.http.ProblemAdvice", level);
    logging.setLogLevel("io.walletsync.server.config.Housekeeping", level);
    logging.setLogLevel("com.zaxxer.hikari", level);
  }

  @AfterEach
  void stop() {
    expectedWarnings(null);
    held.countDown();
    way.goOn();
    server.close();
    way.close();
    paystack.close();
  }

  @Test
  void goesAway() {
    outage(way::goAway, way::comeBack, SHORT);
  }

  @Test
  void hangs() {
    outage(way::hang, way::goOn, SHORT);
  }

  @Test
  @Tag("long")
  void goesAwayForTenSeconds() {
    outage(way::goAway, way::comeBack, TEN_SECONDS);
  }

  @Test
  @Tag("long")
  void hangsForTenSeconds() {
    outage(way::hang, way::goOn, TEN_SECONDS);
  }

  /** The processes themselves are stopped and go on later with what they had begun. */
  @Test
  @Tag("long")
  void isStoppedForTenSeconds() {
    try (var processes = StoppedProcesses.of(database)) {
      outage(processes::stop, processes::goOn, TEN_SECONDS);
    }
  }

  private void outage(Runnable begin, Runnable end, Duration atLeast) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // one request is waiting for the provider when the database is lost, with its key claimed
      held = new CountDownLatch(1);
      var calls = paystack.calls(SECRET_KEY);
      var caughtKey = ApiClient.randomKey();
      var caught = threads.submit(() -> timed(() -> client.sync(wallet, caughtKey)));
      Eventually.within(
          SHORT, "the provider is asked", () -> paystack.calls(SECRET_KEY) == calls + 1);

      var begun = System.nanoTime();
      begin.run();
      held.countDown();
      var readiness = threads.submit(() -> timed(this::readiness));
      var lostKey = ApiClient.randomKey();
      do {
        requireUnavailable(lostKey);
      } while (System.nanoTime() - begun < atLeast.toNanos());
      requireUnavailable(join(caught));
      assertThat(join(readiness).answer().expect(503).text("status")).isEqualTo("DOWN");
      end.run();

      requireRecovery(caughtKey, lostKey);
    }
  }

  /** Reads and syncs at once, more than the pool has connections. */
  private void requireUnavailable(String key) {
    var answers =
        Concurrently.call(
            2 * CALLERS,
            i ->
                timed(
                    () ->
                        switch (i % 3) {
                          case 0 -> client.balance(wallet);
                          case 1 -> client.sync(wallet);
                          default -> client.sync(wallet, i == 2 ? key : ApiClient.randomKey());
                        }));
    assertThat(answers).allSatisfy(DatabaseOutageTest::requireUnavailable);
  }

  private static void requireUnavailable(Timed timed) {
    assertThat(timed.answer().expect(503).problem()).isEqualTo("database-unavailable");
    assertThat(timed.answer().header("Retry-After")).matches("[1-9][0-9]*");
    assertThat(timed.took()).isLessThan(LONGEST_REQUEST);
  }

  private void requireRecovery(String caughtKey, String lostKey) {
    Eventually.within(RECOVERY, "reads work again", () -> client.balance(wallet).status() == 200);
    Eventually.within(RECOVERY, "the node is ready again", () -> readiness().status() == 200);
    Eventually.within(
        RECOVERY,
        "the key of the request that lost the database is free",
        () -> client.sync(wallet, caughtKey).status() == 200);
    for (var key : new String[] {caughtKey, lostKey}) {
      var answer = client.sync(wallet, key).expect(200);
      assertThat(client.sync(wallet, key).expect(200).body()).isEqualTo(answer.body());
    }
    for (var i = 0; i < 2; i++) {
      assertThat(Concurrently.call(CALLERS, _ -> client.sync(wallet).status())).containsOnly(200);
    }
    History.of(database, wallet).requireWhole().requireAudited(database);
  }

  private Answer readiness() {
    return ApiClient.send(
        HttpRequest.newBuilder(URI.create(server.address() + "/actuator/health/readiness"))
            .build());
  }

  private void awaitRelease() {
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Timed timed(Supplier<Answer> request) {
    var begun = System.nanoTime();
    var answer = request.get();
    return new Timed(answer, Duration.ofNanos(System.nanoTime() - begun));
  }

  private static Timed join(Future<Timed> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** An answer and how long it took. */
  private record Timed(Answer answer, Duration took) {}
}
