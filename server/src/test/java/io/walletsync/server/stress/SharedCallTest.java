package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many wallets of one connection, synced at once over HTTP, cost few calls. */
class SharedCallTest {
  private static final List<String> CURRENCIES = List.of("NGN", "GHS", "ZAR", "KES", "USD");
  private static final int SYNCS = 60;

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server = TestServer.start(database, paystack.url());
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @Test
  void syncsThatComeWhileACallRunsShareTheNextOnes() {
    var secretKey = "sk_test_shared_call";
    var client = server.client();
    var letGo = new CountDownLatch(1);
    paystack.replies(
        secretKey,
        call -> {
          if (call == 1) {
            await(letGo);
          }
          return balances(call);
        });
    var connection = client.connect(secretKey);
    var wallets = CURRENCIES.stream().map(c -> client.register(connection, c)).toList();
    var first =
        CompletableFuture.supplyAsync(
            () -> client.sync(wallets.getFirst()), Thread::startVirtualThread);
    Eventually.within(
        Duration.ofSeconds(10), "the first call", () -> paystack.calls(secretKey) == 1);

    var others = CompletableFuture.supplyAsync(() -> syncAll(wallets), Thread::startVirtualThread);
    Eventually.within(Duration.ofSeconds(10), "the claims of all", () -> claims() == SYNCS);
    letGo.countDown();

    first.join().expect(200);
    // what started before they came serves none of them
    assertThat(others.join())
        .allSatisfy(
            answer ->
                assertThat(new BigDecimal(answer.expect(200).text("balance")))
                    .isGreaterThanOrEqualTo(BigDecimal.TWO));
    // two would do; a busy machine may let some arrive behind the second
    assertThat(paystack.calls(secretKey)).isBetween(2, 8);
  }

  private static List<Answer> syncAll(List<String> wallets) {
    return Concurrently.call(
        SYNCS, i -> server.client().sync(wallets.get(i % wallets.size()), "shared-" + i));
  }

  private static int claims() {
    return database
        .look()
        .sql("select count(*) from idempotency_record where idempotency_key like 'shared-%'")
        .query(Integer.class)
        .single();
  }

  /** Every currency has as many major units as calls were made. */
  private static StubPaystack.Reply balances(int call) {
    return new StubPaystack.Reply(
        200,
        CURRENCIES.stream()
            .map(c -> "{\"currency\":\"%s\",\"balance\":%d}".formatted(c, 100 * call))
            .collect(
                Collectors.joining(
                    ",", "{\"status\":true,\"message\":\"Balances retrieved\",\"data\":[", "]}")));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
