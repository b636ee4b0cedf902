package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Clients that sync, each time under a key of its own, and note what they were told. */
final class StormSyncs {
  private static final Duration AFTER_A_PROBLEM = Duration.ofMillis(500);

  private final ApiClient client;
  private final Queue<Told> told = new ConcurrentLinkedQueue<>();

  /** What a 200 said. */
  record Told(String wallet, String snapshot, long sequence, BigDecimal balance) {}

  StormSyncs(ApiClient client) {
    this.client = client;
  }

  List<Told> told() {
    return new ArrayList<>(told);
  }

  /** Syncs these in turn, every tenth time twice under one key, and demands that it works. */
  Pace.Step steadily(List<StormAccount> accounts, Latencies latencies) {
    return (number, due) -> {
      var wallet = accounts.get(number % accounts.size()).wallet();
      var key = ApiClient.randomKey();
      var answer = sync(wallet, key);
      // too much for this machine at this moment; what that costs is part of the latency
      while (answer.problem().equals("database-unavailable")) {
        LockSupport.parkNanos(AFTER_A_PROBLEM.toNanos());
        answer = sync(wallet, key);
      }
      answer.expect(200);
      latencies.since(due);
      if (number % 10 == 0) {
        var again = client.sync(wallet, key).expect(200);
        assertThat(again.body()).isEqualTo(answer.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
      }
    };
  }

  private Answer sync(String wallet, String key) {
    var answer = client.sync(wallet, key);
    if (answer.status() == 200) {
      told.add(
          new Told(
              wallet,
              answer.text("snapshot_id"),
              answer.json().get("sequence").asLong(),
              new BigDecimal(answer.text("balance"))));
    }
    return answer;
  }

  /** Clients that sync without end. */
  Crowd crowd(int clients, List<StormAccount> accounts, Duration pause) {
    return new Crowd(clients, accounts, pause);
  }

  /** Clients that ask again as soon as they were answered, or a pause later. */
  final class Crowd implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> clients = new ArrayList<>();
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private volatile boolean isOver;

    private Crowd(int count, List<StormAccount> accounts, Duration pause) {
      for (var i = 0; i < count; i++) {
        var wallet = accounts.get(i % accounts.size()).wallet();
        clients.add(threads.submit(() -> syncWithoutEnd(wallet, pause)));
      }
    }

    private void syncWithoutEnd(String wallet, Duration pause) {
      while (!isOver) {
        var status = sync(wallet, ApiClient.randomKey()).status();
        statuses.merge(status, 1, Integer::sum);
        LockSupport.parkNanos((status == 200 ? pause : AFTER_A_PROBLEM).toNanos());
      }
    }

    /** How often each status was answered. */
    Map<Integer, Integer> statuses() {
      return statuses;
    }

    void end() {
      isOver = true;
    }

    @Override
    public void close() {
      end();
      threads.close();
      for (var one : clients) {
        if (one.state() == Future.State.FAILED) {
          throw new AssertionError("a client broke", one.exceptionNow());
        }
      }
    }
  }
}
