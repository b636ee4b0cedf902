package io.walletsync.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.StubPaystack;
import java.util.Map;

/** Calls of the routes of balances, their history, the sums over them and what is in doubt. */
record BalanceCalls(DescribedServer at) {
  void balances(String wallet) {
    var path = "/api/v1/wallets/" + wallet;
    at.client.get(path + "/balance").expect(404);
    at.paystack.has(DescribedServer.SECRET, "NGN", 1_700_000);
    var key = ApiClient.randomKey();
    var sync = path + "/sync-balance";
    at.client.call("POST", sync, key, Map.of(), "{\"user_id\":\"ada\"}").expect(200);
    var replayed = at.client.call("POST", sync, key, Map.of(), "{\"user_id\":\"ada\"}").expect(200);
    assertThat(replayed.header("Idempotent-Replayed")).isEqualTo("true");
    at.client.call("POST", sync, key, Map.of(), null).expect(422);
    assertThat(at.client.call("POST", sync, null).expect(200).text("outcome"))
        .isEqualTo("unchanged");
    at.paystack.ledger(DescribedServer.SECRET, "NGN", 5, 11, "2026-01-01T00:00:00.000Z");
    at.paystack.has(DescribedServer.SECRET, "NGN", 5);
    at.client.call("POST", sync + "?idempotency_key=" + ApiClient.randomKey(), null).expect(200);
    at.paystack.noLedger(DescribedServer.SECRET);
    var balance = at.client.get(path + "/balance?max_age=PT5M").expect(200);
    at.client
        .call("GET", path + "/balance", null, Map.of("If-None-Match", balance.header("ETag")), null)
        .expect(304);
    at.client.get(path + "/balance?max_age=PT0S").expect(409);
  }

  void history(String wallet) {
    var path = "/api/v1/wallets/" + wallet;
    var page = at.client.get(path + "/balance/history?limit=1").expect(200);
    at.client.get(path + "/balance/history?cursor=" + page.text("next_cursor")).expect(200);
    at.client.get(path + "/balance/history?at=2026-01-01T00:00:00Z").expect(200);
    var snapshot = page.json().at("/data/0/snapshot_id").asString();
    at.client.get(path + "/snapshots/" + snapshot).expect(200);
    at.client.get(path + "/analytics").expect(200);
    at.client.get(path + "/analytics?bucket=month&tz=Africa/Lagos").expect(200);
    var changes = "/api/v1/analytics/changes?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";
    var wallets = at.client.get(changes + "&group_by=wallet&limit=1").expect(200);
    at.client.get(changes + "&group_by=wallet&cursor=" + wallets.text("next_cursor")).expect(200);
    at.client.get(changes + "&group_by=provider&provider=paystack").expect(200);
    at.client.get("/api/v1/exports/snapshots?wallet_id=" + wallet).expect(200);
    at.client.get("/api/v1/exports/snapshots?format=jsonl").expect(200);
    at.client.get("/api/v1/exports/movements").expect(200);
    at.client.get(path + "/statement").expect(200);
    at.client.get(path + "/analytics/export?format=jsonl").expect(200);
    at.client.get("/api/v1/positions?group_by=currency,provider,connection,owner").expect(200);
    at.client.get("/api/v1/positions?at=2026-01-01T00:00:00Z&currency=NGN").expect(200);
    at.client.get("/api/v1/positions?max_age=PT0S&stale=refuse").expect(409);
    tooManyOwners();
    at.client.get("/api/v1/positions?group_by=owner").expect(422);
    at.database.look().sql("delete from wallet where owner_id like 'one of many %'").update();
  }

  private void tooManyOwners() {
    at.database
        .look()
        .sql(
            """
            insert into wallet (wallet_id, connection_id, provider, provider_account_id, currency,
                                owner_id, metadata, status, created_at, updated_at)
            select gen_random_uuid(), (select min(connection_id::text)::uuid from connection),
                   'paystack', number::text, 'NGN', 'one of many ' || number, '{}', 'ACTIVE', now(),
                   now()
              from generate_series(1, 10001) as number
            """)
        .update();
  }

  void quarantine(String wallet) {
    var path = "/api/v1/quarantined-readings";
    var first = doubt(wallet);
    assertThat(at.client.get("/api/v1/wallets/" + wallet + "/balance").json().has("in_doubt"))
        .isTrue();
    at.client.get(path + "/" + first).expect(200);
    at.client.call("POST", path + "/" + first + "/reject", "{\"note\":\"a slip\"}").expect(200);
    at.client.call("POST", path + "/" + first + "/release", "{}").expect(409);
    var second = doubt(wallet);
    at.client.call("POST", path + "/" + second + "/release", "{}").expect(200);
    at.client.call("POST", path + "/" + second + "/reject", "{}").expect(409);
    var page = at.client.get(path + "?limit=1&status=settled&wallet_id=" + wallet).expect(200);
    at.client.get(path + "?cursor=" + page.text("next_cursor")).expect(200);
  }

  /** The provider slips once, and then there is no second answer. */
  private String doubt(String wallet) {
    var slip = at.paystack.calls(DescribedServer.SECRET) + 1;
    at.paystack.replies(
        DescribedServer.SECRET,
        call ->
            call == slip
                ? StubPaystack.balance("NGN", 500)
                : new StubPaystack.Reply(200, "Back soon"));
    var sync = "/api/v1/wallets/" + wallet + "/sync-balance";
    assertThat(at.client.call("POST", sync, null).expect(200).text("outcome"))
        .isEqualTo("quarantined");
    return at.client
        .get("/api/v1/quarantined-readings?status=open&wallet_id=" + wallet)
        .json()
        .at("/data/0/reading_id")
        .asString();
  }
}
