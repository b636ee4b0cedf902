package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.ServerProcess;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run outlives the server that works on it, and counts every wallet once. */
class KilledSyncRunTest {
  private static final int OTHERS = 300;
  private static final Duration LEASE_AND_MORE = Duration.ofSeconds(60);

  private final TestDatabase database = TestDatabase.create();
  private final StubPaystack paystack = new StubPaystack();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);

  @AfterEach
  void stop() {
    answer.countDown();
    paystack.close();
  }

  @Test
  void aRunThatWasKilledIsBroughtToItsEnd() {
    var run = killedInTheMiddle();
    database.look().sql("update sync_run_chunk set lease_until = clock_timestamp()").update();

    requireTheRest(run, Duration.ofSeconds(20));
  }

  @Test
  @Tag("long")
  void aRunThatWasKilledGoesOnWhenItsLeasesEnd() {
    requireTheRest(killedInTheMiddle(), LEASE_AND_MORE);
  }

  /** One chunk is counted, and the provider is being asked for another. */
  private String killedInTheMiddle() {
    try (var server = ServerProcess.start(TestServer.environment(database, paystack.url()))) {
      var client = server.client();
      paystack.has("sk_test_quick", "NGN", 100);
      paystack.replies(
          "sk_test_held",
          _ -> {
            asked.countDown();
            awaitQuietly(answer);
            return StubPaystack.balance("NGN", 100);
          });
      var quick = client.connect("sk_test_quick");
      client.register(quick, "NGN");
      moreOf(quick);
      client.register(client.connect("sk_test_held"), "NGN");
      var run = client.post("/api/v1/sync-runs", "{\"filter\":{\"all\":true}}").expect(202);
      var path = run.header("Location");
      awaitQuietly(asked);
      Eventually.within(
          Duration.ofSeconds(20), "the first chunk is counted", () -> done(client, path) == 200);
      server.kill();
      return path;
    }
  }

  /** Wallets of currencies that the provider does not have: they fail, and are counted too. */
  private void moreOf(String connection) {
    database
        .look()
        .sql(
            """
            insert into wallet (wallet_id, connection_id, provider, provider_account_id, currency,
                                metadata, status, created_at, updated_at)
            select gen_random_uuid(), ?::uuid, 'paystack', '', 'X' || (1000 + n), '{}', 'ACTIVE',
                   now(), now()
              from generate_series(1, ?) as n
            """)
        .param(connection)
        .param(OTHERS)
        .update();
  }

  private void requireTheRest(String path, Duration patience) {
    // read from the database: a server that starts goes on at once
    assertThat(
            database
                .look()
                .sql("select changed + unchanged + failed + skipped from sync_run")
                .query(Integer.class)
                .single())
        .isEqualTo(200);
    answer.countDown();
    try (var server = TestServer.start(database, paystack.url())) {
      var client = server.client();
      Eventually.within(
          patience,
          "the end of the run",
          () -> client.get(path).expect(200).text("state").equals("completed"));
      var run = client.get(path).expect(200).json();
      assertThat(run.get("total").asInt()).isEqualTo(OTHERS + 2);
      assertThat(run.get("failed").asInt()).isEqualTo(OTHERS);
      assertThat(run.get("changed").asInt() + run.get("unchanged").asInt()).isEqualTo(2);
      assertThat(run.get("skipped").asInt()).isZero();
    }
  }

  private static int done(ApiClient client, String path) {
    return client.get(path).expect(200).json().get("done").asInt();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
