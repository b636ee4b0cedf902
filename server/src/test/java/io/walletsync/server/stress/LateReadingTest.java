package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A slow call that is overtaken by a faster one brings old news, which replaces nothing. */
class LateReadingTest {
  private static final String SECRET_KEY = "sk_test_slow_store";

  private final TestDatabase database = TestDatabase.create();
  private final StubPaystack paystack = new StubPaystack();
  private final CountDownLatch slowCallArrived = new CountDownLatch(1);
  private final CountDownLatch overtaken = new CountDownLatch(1);
  private TestServer server;
  private ApiClient client;
  private String wallet;

  @BeforeEach
  void theFirstCallIsSlow() {
    server = TestServer.start(database, paystack.url());
    client = server.client();
    paystack.replies(
        SECRET_KEY,
        call -> {
          if (call > 1) {
            return StubPaystack.balance("NGN", 200);
          }
          slowCallArrived.countDown();
          await(overtaken);
          return StubPaystack.balance("NGN", 100);
        });
    wallet = client.register(client.connect(SECRET_KEY), "NGN");
  }

  @AfterEach
  void stop() {
    server.close();
    paystack.close();
  }

  @Test
  void isKeptAsideAndAnsweredWithTheCurrentSnapshot() {
    var key = ApiClient.randomKey();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow = CompletableFuture.supplyAsync(() -> client.sync(wallet, key), threads);
      await(slowCallArrived);
      var fast = client.sync(wallet).expect(200);
      var before = client.balance(wallet).expect(200);
      overtaken.countDown();
      var late = slow.orTimeout(20, TimeUnit.SECONDS).join().expect(200);

      assertThat(fast.text("outcome")).isEqualTo("created");
      assertThat(late.text("outcome")).isEqualTo("superseded");
      assertThat(late.text("snapshot_id")).isEqualTo(fast.text("snapshot_id"));
      assertThat(late.text("balance")).isEqualTo("2.00");
      assertThat(late.text("confirmed_at")).isEqualTo(fast.text("confirmed_at"));
      requireUnmoved(before);
      assertThat(client.sync(wallet, key).expect(200).body()).isEqualTo(late.body());
    }

    assertThat(History.of(database, wallet).requireWhole().size()).isEqualTo(1);
    assertThat(lateAmount()).isEqualByComparingTo("1");
  }

  private void requireUnmoved(Answer before) {
    var after = client.balance(wallet).expect(200);
    assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
    assertThat(after.text("balance")).isEqualTo("2.00");
  }

  private BigDecimal lateAmount() {
    return database
        .look()
        .sql("select available from late_reading where wallet_id = ?::uuid")
        .param(wallet)
        .query(BigDecimal.class)
        .single();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
