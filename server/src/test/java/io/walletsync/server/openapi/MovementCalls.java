package io.walletsync.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.StubPaystack;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Calls of the routes of what moved a wallet. */
record MovementCalls(DescribedServer at) {
  void all(String wallet) {
    var path = "/api/v1/wallets/" + wallet;
    var fetch = path + "/import-movements";
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    for (var id = 1; id <= 2; id++) {
      at.paystack.has(DescribedServer.SECRET, "NGN", 100L * id);
      at.paystack.ledger(
          DescribedServer.SECRET, "NGN", 150L * id, id, now.plusSeconds(id).toString());
      at.client.call("POST", path + "/sync-balance", null).expect(200);
      at.client.call("POST", fetch, "{}").expect(200);
    }
    at.client.get(path + "/movement-coverage").expect(200);
    at.client.get(path + "/explained-changes?status=unexplained").expect(200);
    at.client.get("/api/v1/unexplained-wallets?currency=NGN").expect(200);
    at.client.call("POST", fetch, "{\"from\":\"" + now.minusSeconds(60) + "\"}").expect(200);
    for (var listing : List.of("/movements", "/explained-changes")) {
      var page = at.client.get(path + listing + "?limit=1&from=2020-01-01T00:00:00Z").expect(200);
      var next = "&from=2020-01-01T00:00:00Z&cursor=" + page.text("next_cursor");
      at.client.get(path + listing + "?limit=1" + next).expect(200);
      at.client.get(path + listing + "?order=asc" + next).expect(400);
    }
    var all = at.client.get(path + "/movement-coverage").json();
    assertThat(all.at("/holes/0/amount").asString()).isEqualTo("0.50");
    at.paystack.ledger(DescribedServer.SECRET, "NGN", 1, 9, "yesterday");
    at.client.call("POST", fetch, "{}").expect(502);
    at.paystack.noLedger(DescribedServer.SECRET);
    at.database
        .look()
        .sql(
            """
            update movement_import
               set lease_token = gen_random_uuid(), leased_until = clock_timestamp() + interval '9 s'
            """)
        .update();
    assertThat(at.client.call("POST", fetch, null).expect(409).header("Retry-After")).isNotEmpty();
    at.client.call("POST", importOfTwoWallets(), "{}").expect(422);
  }

  private String importOfTwoWallets() {
    var wallet = "{\"id\":%d,\"currency\":\"NGN\",\"availableBalance\":1}";
    var both = wallet.formatted(7) + "," + wallet.formatted(8);
    at.paystack.replies(
        "", _ -> new StubPaystack.Reply(200, "{\"success\":true,\"data\":[" + both + "]}"));
    var connection =
        at.client
            .call(
                "POST",
                "/api/v1/connections",
                "{\"provider\":\"fincra\",\"environment\":\"sandbox\",\"name\":\"Two\","
                    + "\"credentials\":{\"api_key\":\"k-1\",\"webhook_secret\":\"w-1\","
                    + "\"business_id\":\"67d8360649685a0012574974\"}}")
            .expect(201)
            .text("connection_id");
    var registered =
        at.client
            .call(
                "POST",
                "/api/v1/wallets",
                "{\"connection_id\":\"%s\",\"currency\":\"NGN\",\"provider_account_id\":\"7\"}"
                    .formatted(connection))
            .expect(201);
    return registered.header("Location") + "/import-movements";
  }
}
