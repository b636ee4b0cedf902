package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.stress.Load.Attempt;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.ServerProcess;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server is killed under load, at any moment and without a warning. What it acknowledged is there
 * afterwards, nothing is there twice, and every key ends in one answer.
 */
class KilledServerTest {
  private static final int CLIENTS = 8;
  private static final int WALLETS = 4;
  private static final String HELD = "sk_test_kills_held";
  private static final Duration LEASE_AND_MORE = Duration.ofSeconds(40);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final TestDatabase database = TestDatabase.create();
  private final StubPaystack paystack = new StubPaystack();
  private volatile CountDownLatch held = new CountDownLatch(0);
  private ServerProcess server;
  private List<String> wallets;
  private String heldWallet;

  @AfterEach
  void stop() {
    held.countDown();
    server.close();
    paystack.close();
  }

  @Test
  void threeKillsLoseAndDoubleNothing() {
    startWith(TestServer.environment(database, paystack.url()));
    for (var i = 0; i < 3; i++) {
      var attempts = killUnderLoad(TestServer.environment(database, paystack.url()));
      requireHistories(attempts);
      requireSameAnswers(attempts);
      requireInFlightOrDone(attempts);
      endLeases();
      requireOneAnswerEach(attempts);
      requireHistories(attempts);
    }
  }

  @Test
  @Tag("long")
  void twentyKillsLoseAndDoubleNothing() {
    startWith(TestServer.environment(database, paystack.url()));
    for (var i = 0; i < 20; i++) {
      var attempts = killUnderLoad(TestServer.environment(database, paystack.url()));
      requireHistories(attempts);
      requireSameAnswers(attempts);
      awaitRealLeases(attempts);
      requireOneAnswerEach(attempts);
      requireHistories(attempts);
    }
  }

  @Test
  @Tag("long")
  void theEmbeddedDatabaseOutlivesItsServer(@TempDir Path directory) {
    var environment = new HashMap<>(TestServer.environment(database, paystack.url()));
    environment.remove("WALLETSYNC_DATABASE_URL");
    environment.remove("WALLETSYNC_DATABASE_OWNER_URL");
    environment.put("WALLETSYNC_DATA_DIR", directory.toString());
    startWith(environment);
    for (var i = 0; i < 2; i++) {
      var attempts = killUnderLoad(environment);
      requireSameAnswers(attempts);
      awaitRealLeases(attempts);
      requireOneAnswerEach(attempts);
      requireNoSequenceTwice(attempts);
    }
  }

  private void startWith(Map<String, String> environment) {
    server = ServerProcess.start(environment);
    var client = server.client();
    wallets =
        IntStream.range(0, WALLETS)
            .mapToObj(
                i -> {
                  var secretKey = "sk_test_kills_" + i;
                  paystack.replies(
                      secretKey,
                      call -> {
                        pause(Duration.ofMillis(30));
                        return StubPaystack.balance("NGN", call / 2);
                      });
                  return client.register(client.connect(secretKey), "NGN");
                })
            .toList();
    paystack.replies(
        HELD,
        call -> {
          await(held);
          return StubPaystack.balance("NGN", call);
        });
    heldWallet = client.register(client.connect(HELD), "NGN");
  }

  /** Kills the server at some moment, starts it again, and returns what had been asked of it. */
  private List<Attempt> killUnderLoad(Map<String, String> environment) {
    held = new CountDownLatch(1);
    var callsBefore = paystack.calls(HELD);
    // one request is certainly in flight when the server dies
    var waiting = Load.of(1, server.client(), List.of(heldWallet));
    var load = Load.of(CLIENTS, server.client(), wallets);
    Eventually.within(
        Duration.ofSeconds(30),
        "the server is under load",
        () -> load.acknowledged() > 2 * CLIENTS && paystack.calls(HELD) > callsBefore);
    pause(Duration.ofMillis(500));
    server.kill();
    var attempts = load.end();
    attempts.addAll(waiting.end());
    held.countDown();
    assertThat(unanswered(attempts)).extracting(Attempt::wallet).contains(heldWallet);
    server = ServerProcess.start(environment);
    return attempts;
  }

  private void requireHistories(List<Attempt> attempts) {
    var rows = new HashMap<UUID, History.Row>();
    for (var wallet : wallets) {
      var history = History.of(database, wallet).requireWhole().requireAudited(database);
      history.rows().forEach(row -> rows.put(row.id(), row));
    }
    for (var attempt : attempts) {
      if (!attempt.isAcknowledged()) {
        continue;
      }
      var answer = JSON.readTree(attempt.answer());
      var row = rows.get(UUID.fromString(answer.get("snapshot_id").asString()));
      assertThat(row).as("snapshot of %s", attempt).isNotNull();
      assertThat(row.sequence()).isEqualTo(answer.get("sequence").asLong());
      assertThat(row.available()).isEqualByComparingTo(answer.get("balance").asString());
      assertThat(row.asOf()).isEqualTo(Instant.parse(answer.get("as_of").asString()));
      if (answer.get("outcome").asString().equals("created")) {
        assertThat(row.idempotencyKey()).isEqualTo(attempt.key());
      }
    }
  }

  private void requireSameAnswers(List<Attempt> attempts) {
    for (var attempt : attempts) {
      if (attempt.isAcknowledged()) {
        var again = server.client().sync(attempt.wallet(), attempt.key()).expect(200);
        assertThat(again.body()).isEqualTo(attempt.answer());
      }
    }
  }

  private void requireInFlightOrDone(List<Attempt> attempts) {
    for (var attempt : unanswered(attempts)) {
      var answer = server.client().sync(attempt.wallet(), attempt.key());
      if (answer.status() != 200 || attempt.wallet().equals(heldWallet)) {
        assertThat(answer.expect(409).problem()).isEqualTo("request-in-flight");
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
      }
    }
  }

  private void endLeases() {
    database
        .look()
        .sql("update idempotency_record set lease_until = clock_timestamp() where answer is null")
        .update();
  }

  private void awaitRealLeases(List<Attempt> attempts) {
    for (var attempt : unanswered(attempts)) {
      Eventually.within(
          LEASE_AND_MORE,
          "an answer for " + attempt,
          () -> isAnswered(server.client().sync(attempt.wallet(), attempt.key())));
    }
  }

  private static boolean isAnswered(ApiClient.Answer answer) {
    if (answer.status() == 409) {
      assertThat(answer.problem()).isEqualTo("request-in-flight");
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      return false;
    }
    return answer.expect(200).status() == 200;
  }

  private void requireOneAnswerEach(List<Attempt> attempts) {
    for (var attempt : unanswered(attempts)) {
      var first = server.client().sync(attempt.wallet(), attempt.key()).expect(200);
      var second = server.client().sync(attempt.wallet(), attempt.key()).expect(200);
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    }
  }

  private void requireNoSequenceTwice(List<Attempt> attempts) {
    for (var wallet : wallets) {
      var made = new ArrayList<Long>();
      for (var attempt : attempts) {
        if (attempt.wallet().equals(wallet) && attempt.isAcknowledged()) {
          var answer = JSON.readTree(attempt.answer());
          if (answer.get("outcome").asString().equals("created")) {
            made.add(answer.get("sequence").asLong());
          }
        }
      }
      assertThat(made).isNotEmpty().doesNotHaveDuplicates();
      assertThat(server.client().balance(wallet).expect(200).json().get("sequence").asLong())
          .isGreaterThanOrEqualTo(made.stream().mapToLong(Long::longValue).max().orElseThrow());
    }
  }

  private static List<Attempt> unanswered(List<Attempt> attempts) {
    return attempts.stream().filter(attempt -> !attempt.isAcknowledged()).toList();
  }

  /** For a random while, so that the kill meets another moment each time. */
  private static void pause(Duration longest) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest.toNanos()));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
