package io.walletsync.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.StubPaystack;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Calls of the routes of a sync of one wallet, and of a run over many. */
record SyncCalls(DescribedServer at) {
  void failing(String connection, String wallet) {
    var sync = "/api/v1/wallets/" + wallet + "/sync-balance";
    at.paystack.has(DescribedServer.SECRET, "GHS", 1);
    assertThat(at.client.call("POST", sync, null).expect(422).problem())
        .isEqualTo("currency-not-offered");
    for (var status : new int[] {400, 401, 500}) {
      at.paystack.replies(
          DescribedServer.SECRET, _ -> new StubPaystack.Reply(status, "{\"status\":false}"));
      assertThat(at.client.call("POST", sync, null).expect(502).problem())
          .isEqualTo("provider-failed");
    }
    at.paystack.replies(DescribedServer.SECRET, _ -> new StubPaystack.Reply(200, "<html>"));
    at.client.call("POST", sync, null).expect(502);
    at.paystack.replies(
        DescribedServer.SECRET, _ -> new StubPaystack.Reply(429, "{\"status\":false}"));
    assertThat(at.client.call("POST", sync, null).expect(503).header("Retry-After")).isNotEmpty();
    var body = "{\"connection_id\":\"" + connection + "\",\"currency\":\"KES\"}";
    var closed =
        "/api/v1/wallets/" + at.client.call("POST", "/api/v1/wallets", body).text("wallet_id");
    at.client.call("DELETE", closed, null).expect(200);
    at.client.call("POST", closed + "/sync-balance", null).expect(409);
    at.client.call("DELETE", "/api/v1/wallets/" + ghanaOf(connection), null).expect(200);
  }

  private String ghanaOf(String connection) {
    return at.client
        .get("/api/v1/wallets?currency=GHS&connection_id=" + connection)
        .json()
        .at("/data/0/wallet_id")
        .asString();
  }

  void inFlight(String wallet) throws Exception {
    var asked = new CountDownLatch(1);
    var answer = new CountDownLatch(1);
    at.paystack.replies(
        DescribedServer.SECRET,
        _ -> {
          asked.countDown();
          await(answer);
          return StubPaystack.balance("NGN", 5);
        });
    var sync = "/api/v1/wallets/" + wallet + "/sync-balance";
    var key = ApiClient.randomKey();
    var first = Concurrently.supply(() -> at.client.call("POST", sync, key, Map.of(), null));
    await(asked);
    var second = at.client.call("POST", sync, key, Map.of(), null);
    answer.countDown();
    assertThat(second.expect(409).problem()).isEqualTo("request-in-flight");
    assertThat(second.header("Retry-After")).isNotEmpty();
    first.get(20, TimeUnit.SECONDS).expect(200);
  }

  private void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void runs(String connection) {
    var path = "/api/v1/sync-runs";
    var key = ApiClient.randomKey();
    var one = "{\"filter\":{\"connection_id\":\"%s\"}}".formatted(connection);
    at.paystack.replies(
        DescribedServer.SECRET, _ -> new StubPaystack.Reply(401, "{\"status\":false}"));
    var run = at.client.call("POST", path, key, Map.of(), one).expect(202).header("Location");
    at.client.call("POST", path, key, Map.of(), one).expect(202);
    at.client.call("POST", path, key, Map.of(), "{\"filter\":{\"all\":true}}").expect(422);
    at.database
        .look()
        .sql("update idempotency_record set answer = null where idempotency_key = ?")
        .param(key)
        .update();
    at.client.call("POST", path, key, Map.of(), one).expect(409);
    Eventually.within(
        Duration.ofSeconds(20),
        "the end of the run",
        () -> at.client.get(run).expect(200).text("state").equals("completed"));
    var failures = at.client.get(run + "/failures?limit=1").expect(200).json();
    assertThat(failures.at("/data/0/reason").asString()).isEqualTo("unauthorized");
    at.client.call("POST", path, "{\"filter\":{\"provider\":\"paystack\"}}").expect(202);
    at.client.call("POST", path, "{\"filter\":{\"owner_id\":\"ada\"}}").expect(202);
    at.client.call("POST", run + "/cancel", null).expect(200);
    var page = at.client.get(path + "?limit=1").expect(200);
    at.client.get(path + "?cursor=" + page.text("next_cursor")).expect(200);
    at.client.get(path + "?state=completed").expect(200);
  }
}
