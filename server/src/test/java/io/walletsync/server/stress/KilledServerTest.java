package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.stress.Load.Attempt;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server is killed under load, at any moment and without a warning. What it acknowledged is there
 * afterwards, nothing is there twice, and every key ends in one answer.
 */
class KilledServerTest {
  private static final Duration LEASE_AND_MORE = Duration.ofSeconds(40);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final TestDatabase database = TestDatabase.create();
  private final StubPaystack paystack = new StubPaystack();

  @AfterEach
  void stop() {
    paystack.close();
  }

  @Test
  void threeKillsLoseAndDoubleNothing() {
    var environment = TestServer.environment(database, paystack.url());
    try (var server = KilledServer.start(environment, paystack)) {
      for (var i = 0; i < 3; i++) {
        var attempts = server.killUnderLoad();
        requireHistories(server, attempts);
        requireSameAnswers(server, attempts);
        requireInFlightOrDone(server, attempts);
        endLeases();
        requireOneAnswerEach(server, attempts);
        requireHistories(server, attempts);
      }
    }
  }

  @Test
  @Tag("long")
  void twentyKillsLoseAndDoubleNothing() {
    var environment = TestServer.environment(database, paystack.url());
    try (var server = KilledServer.start(environment, paystack)) {
      for (var i = 0; i < 20; i++) {
        var attempts = server.killUnderLoad();
        requireHistories(server, attempts);
        requireSameAnswers(server, attempts);
        awaitRealLeases(server, attempts);
        requireOneAnswerEach(server, attempts);
        requireHistories(server, attempts);
      }
    }
  }

  @Test
  @Tag("long")
  void theEmbeddedDatabaseOutlivesItsServer(@TempDir Path directory) {
    var environment = new HashMap<>(TestServer.environment(database, paystack.url()));
    environment.remove("WALLETSYNC_DATABASE_URL");
    environment.remove("WALLETSYNC_DATABASE_OWNER_URL");
    environment.put("WALLETSYNC_DATA_DIR", directory.toString());
    try (var server = KilledServer.start(environment, paystack)) {
      var attempts = new ArrayList<Attempt>();
      for (var i = 0; i < 3; i++) {
        attempts.addAll(server.killUnderLoad());
        requireSameAnswers(server, attempts);
        requireNoSequenceTwice(server, attempts);
      }
      awaitRealLeases(server, attempts);
      requireOneAnswerEach(server, attempts);
    }
  }

  private void requireHistories(KilledServer server, List<Attempt> attempts) {
    var rows = new HashMap<UUID, History.Row>();
    for (var wallet : server.wallets()) {
      var history =
          History.of(database, wallet)
              .requireWhole()
              .requireAudited(database)
              .requireTold(database);
      history.rows().forEach(row -> rows.put(row.id(), row));
    }
    for (var attempt : attempts) {
      if (attempt.isAcknowledged()) {
        var answer = JSON.readTree(attempt.answer());
        var id = UUID.fromString(answer.get("snapshot_id").asString());
        requireAcknowledged(
            attempt, answer, Objects.requireNonNull(rows.get(id), "snapshot of " + attempt));
      }
    }
  }

  private static void requireAcknowledged(Attempt attempt, JsonNode answer, History.Row row) {
    assertThat(row.sequence()).isEqualTo(answer.get("sequence").asLong());
    assertThat(row.available()).isEqualByComparingTo(answer.get("balance").asString());
    assertThat(row.asOf()).isEqualTo(Instant.parse(answer.get("as_of").asString()));
    if (isCreated(answer)) {
      assertThat(row.idempotencyKey()).isEqualTo(attempt.key());
    }
  }

  private static void requireSameAnswers(KilledServer server, List<Attempt> attempts) {
    for (var attempt : attempts) {
      if (attempt.isAcknowledged()) {
        var again = server.client().sync(attempt.wallet(), attempt.key()).expect(200);
        assertThat(again.body()).isEqualTo(attempt.answer());
      }
    }
  }

  private static void requireInFlightOrDone(KilledServer server, List<Attempt> attempts) {
    assertThat(attempts.stream().filter(server::wasHeld)).hasSize(1);
    for (var attempt : unanswered(attempts)) {
      var answer = server.client().sync(attempt.wallet(), attempt.key());
      if (answer.status() != 200 || server.wasHeld(attempt)) {
        requireInFlight(answer);
      }
    }
  }

  private static void requireInFlight(Answer answer) {
    assertThat(answer.expect(409).problem()).isEqualTo("request-in-flight");
    assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
  }

  private void endLeases() {
    database
        .look()
        .sql("update idempotency_record set lease_until = clock_timestamp() where answer is null")
        .update();
  }

  private static void awaitRealLeases(KilledServer server, List<Attempt> attempts) {
    for (var attempt : unanswered(attempts)) {
      Eventually.within(
          LEASE_AND_MORE,
          "an answer for " + attempt,
          () -> isAnswered(server.client().sync(attempt.wallet(), attempt.key())));
    }
  }

  private static boolean isAnswered(Answer answer) {
    if (answer.status() == 200) {
      return true;
    }
    requireInFlight(answer);
    // as it was told to, or the log is full of it
    LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    return false;
  }

  private static void requireOneAnswerEach(KilledServer server, List<Attempt> attempts) {
    for (var attempt : unanswered(attempts)) {
      var first = server.client().sync(attempt.wallet(), attempt.key()).expect(200);
      var second = server.client().sync(attempt.wallet(), attempt.key()).expect(200);
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    }
  }

  private static void requireNoSequenceTwice(KilledServer server, List<Attempt> attempts) {
    for (var wallet : server.wallets()) {
      var made =
          attempts.stream()
              .filter(attempt -> attempt.wallet().equals(wallet) && attempt.isAcknowledged())
              .map(attempt -> JSON.readTree(attempt.answer()))
              .filter(KilledServerTest::isCreated)
              .map(answer -> answer.get("sequence").asLong())
              .toList();
      assertThat(made).isNotEmpty().doesNotHaveDuplicates();
      assertThat(server.client().balance(wallet).expect(200).json().get("sequence").asLong())
          .isGreaterThanOrEqualTo(Collections.max(made));
    }
  }

  private static boolean isCreated(JsonNode answer) {
    return answer.get("outcome").asString().equals("created");
  }

  private static List<Attempt> unanswered(List<Attempt> attempts) {
    return attempts.stream().filter(attempt -> !attempt.isAcknowledged()).toList();
  }
}
