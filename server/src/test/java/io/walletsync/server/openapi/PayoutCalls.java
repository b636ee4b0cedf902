package io.walletsync.server.openapi;

import io.walletsync.server.support.StubPaystack;
import java.util.UUID;

/** Calls of the routes of payouts, planned outflows and the runway. */
record PayoutCalls(DescribedServer at) {
  void all(String connection, String wallet) {
    var path = "/api/v1/wallets/" + wallet;
    var plan =
        "{\"minimum\":\"1\",\"outflows\":[{\"at\":\"2100-01-01T00:00:00Z\",\"amount\":\"1\",\"reference\":\"x\"}]}";
    at.client.get(path + "/planned-outflows").expect(200);
    at.client.call("PUT", path + "/planned-outflows", plan).expect(200);
    at.client.get(path + "/planned-outflows").expect(200);
    at.paystack.has(DescribedServer.SECRET, "NGN", 10_000);
    at.client.call("POST", path + "/sync-balance", null).expect(200);
    at.client.get(path + "/runway").expect(409);
    at.client.get(path + "/runway/health").expect(503);
    longKnown(wallet);
    at.client
        .get(path + "/runway?minimum=1&tz=Africa/Lagos&inflows=counted&horizon=P60D")
        .expect(200);
    at.client.get(path + "/runway/health?at_least=PT1H&by=expected&max_age=PT5M").expect(200);
    at.client.get(path + "/runway/health?minimum=1000000").expect(503);
    at.client.get(path + "/runway/health?max_age=PT0S").expect(503);
    var pay = path + "/can-pay";
    var ask =
        "{\"amount\":\"%s\",\"reference\":\"%s\",\"reserve\":true,\"max_age\":\"PT5M\",\"expected_within\":\"PT5M\"}";
    var one = at.client.call("POST", pay, ask.formatted("1", "one")).expect(200);
    var two = at.client.call("POST", pay, ask.formatted("1", "two")).expect(200);
    at.client.call("POST", pay, ask.formatted("1000000", "three")).expect(200);
    at.client.call("POST", pay, ask.formatted("2", "one")).expect(422);
    at.paystack.replies(DescribedServer.SECRET, _ -> new StubPaystack.Reply(500, "{}"));
    at.client
        .call("POST", pay, ask.formatted("1", "four").replace("\"PT5M\",\"e", "\"PT0S\",\"e"))
        .expect(200);
    var reservations = path + "/reservations/";
    var first = reservations + one.json().at("/reservation/reservation_id").asString();
    var second = reservations + two.json().at("/reservation/reservation_id").asString();
    at.client.call("POST", first + "/confirm", "{\"movement_reference\":\"TRF\"}").expect(200);
    at.client.call("POST", first + "/confirm", "{}").expect(409);
    at.client.call("POST", second + "/confirm", "{}").expect(200);
    at.paystack.has(DescribedServer.SECRET, "NGN", 9_900);
    at.client.call("POST", path + "/sync-balance", null).expect(200);
    at.client.call("POST", second + "/release", "{\"note\":\"late\"}").expect(409);
    at.client.call("POST", first + "/release", "{\"note\":\"failed\"}").expect(409);
    at.client
        .call("POST", first + "/release", "{\"note\":\"failed\",\"never_left\":true}")
        .expect(200);
    var page = at.client.get(path + "/reservations?limit=1").expect(200);
    at.client.get(path + "/reservations?cursor=" + page.text("next_cursor")).expect(200);
    at.client.get(path + "/reservations?state=covered").expect(200);
    var closed =
        at.client
            .call(
                "POST",
                "/api/v1/wallets",
                "{\"connection_id\":\"" + connection + "\",\"currency\":\"ZAR\"}")
            .header("Location");
    at.client.get(closed + "/runway").expect(404);
    at.client.call("DELETE", closed, null).expect(200);
    at.client.call("PUT", closed + "/planned-outflows", plan).expect(409);
    at.client.get(closed + "/runway").expect(409);
    at.client.get(closed + "/runway/health").expect(409);
    at.client.call("POST", closed + "/can-pay", ask.formatted("1", "one")).expect(409);
  }

  /** As if it had been read three weeks ago too. */
  private void longKnown(String wallet) {
    at.database
        .look()
        .sql(
            """
            insert into wallet_balance_snapshot
            values (:wallet, 1000000, gen_random_uuid(), 'paystack', 'NGN', 100, null, null, null,
                    now() - interval '22 days', null, now(), now(), 'API', null, null, '{}', now())
            """)
        .param("wallet", UUID.fromString(wallet))
        .update();
  }
}
