package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.FreshWallet;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What a user sees who follows the change feed. */
class EventFeedOverHttpTest {
  private static final String EVENTS = "/api/v1/events";
  private static final Duration SOON = Duration.ofSeconds(20);

  @RegisterExtension private static final FreshWallet at = FreshWallet.holding(5_000_00);

  private static final TestDatabase database = at.database();
  private static final StubPaystack paystack = at.paystack();

  private final ApiClient client = at.client();
  private final String secret = at.secret();
  private final String wallet = at.wallet();

  @Test
  void eachChangeIsToldOnceWithWhatWasBefore() {
    var start = latest();
    client.sync(wallet).expect(200);
    client.sync(wallet).expect(200);
    paystack.has(secret, "NGN", 4_000_50);
    var second = client.sync(wallet).expect(200);

    var events = await(start, 2);

    assertThat(events).extracting(it -> it.get("sequence").asInt()).containsExactly(1, 2);
    assertThat(events).extracting(it -> it.get("type").asString()).containsOnly("balance.changed");
    assertThat(events.getFirst().at("/data/previous").isNull()).isTrue();
    assertThat(events.getLast().at("/data/snapshot/snapshot_id").asString())
        .isEqualTo(second.text("snapshot_id"));
    assertThat(events.getLast().at("/data/snapshot/balance").asString()).isEqualTo("4000.50");
    assertThat(events.getLast().at("/data/previous/balance").asString()).isEqualTo("5000.00");
    assertThat(events.getLast().get("wallet_id").asString()).isEqualTo(wallet);
  }

  @Test
  void aDoubtIsToldAndHowItEnded() {
    client.sync(wallet).expect(200);
    var start = latest();
    paystack.replies(
        secret,
        call ->
            call == 2
                ? StubPaystack.balance("NGN", 50_00)
                : new StubPaystack.Reply(200, "Back soon"));
    assertThat(client.sync(wallet).expect(200).text("outcome")).isEqualTo("quarantined");
    var reading = await(start, 1).getFirst();
    assertThat(reading.get("type").asString()).isEqualTo("reading.quarantined");
    var id = reading.at("/data/reading_id").asString();

    client
        .post("/api/v1/quarantined-readings/" + id + "/reject", "{\"note\":\"a slip\"}")
        .expect(200);

    var settled = await(start, 2).getLast();
    assertThat(settled.get("type").asString()).isEqualTo("reading.settled");
    assertThat(settled.at("/data/reading_id").asString()).isEqualTo(id);
    assertThat(settled.at("/data/status").asString()).isEqualTo("rejected");
  }

  @Test
  void aDifferenceFromTheBooksIsToldAndHowItEnded() {
    client.sync(wallet).expect(200);
    var start = latest();
    var asOf =
        client.get("/api/v1/wallets/" + wallet + "/balance").expect(200).text("confirmed_at");
    var expected =
        "{\"amount\":\"%s\",\"as_of\":\""
            + asOf
            + "\",\"reference\":\"books\",\"settlement_lag\":\"PT0S\"}";
    var path = "/api/v1/wallets/" + wallet + "/expected-balance";

    client.send("PUT", path, null, Map.of(), expected.formatted("4990.00")).expect(200);
    client.send("PUT", path, null, Map.of(), expected.formatted("5000.00")).expect(200);

    var events = await(start, 2);
    assertThat(events)
        .extracting(it -> it.get("type").asString())
        .containsExactly("reconciliation.differs", "reconciliation.settled");
    assertThat(events).extracting(it -> it.get("wallet_id").asString()).containsOnly(wallet);
    assertThat(events.getFirst().at("/data/drift").asString()).isEqualTo("10.00");
    assertThat(events.getFirst().at("/data/reference").asString()).isEqualTo("books");
    assertThat(events.getLast().at("/data/how").asString()).isEqualTo("corrected");
  }

  @Test
  void anOutageIsToldAndItsEnd() {
    paystack.replies(secret, _ -> new StubPaystack.Reply(503, "{}"));
    var start = latest();
    client.patch("/api/v1/wallets/" + wallet, "{\"schedule\":{\"interval\":\"PT1M\"}}").expect(200);
    failedTwice();

    due();
    var failing = await(start, 1).getFirst();
    paystack.has(secret, "NGN", 7_00);
    due();

    assertThat(failing.get("type").asString()).isEqualTo("sync.failing");
    assertThat(failing.at("/data/failures").asString()).isEqualTo("3");
    assertThat(failing.at("/data/reason").asString()).isEqualTo("unavailable");
    assertThat(await(start, 3))
        .extracting(it -> it.get("type").asString())
        .containsExactly("sync.failing", "balance.changed", "sync.recovered");
  }

  /** As if two turns of the wallet's schedule had failed before. */
  private void failedTwice() {
    database
        .look()
        .sql("update wallet_schedule set failures = 2 where wallet_id = ?::uuid")
        .param(wallet)
        .update();
  }

  /** The wallet's turn comes now. */
  private void due() {
    Eventually.within(
        SOON,
        "no turn under way",
        () ->
            database
                    .look()
                    .sql(
                        """
                        update wallet_schedule set due_at = now() - interval '1 second'
                         where wallet_id = ?::uuid and lease_token is null
                        """)
                    .param(wallet)
                    .update()
                == 1);
  }

  @Test
  void whoGoesOnBehindTheCursorGetsTheRestAlsoMuchLater() {
    var start = latest();
    for (var amount = 1; amount <= 3; amount++) {
      paystack.has(secret, "NGN", 5_000_00 + amount);
      client.sync(wallet).expect(200);
    }
    await(start, 3);

    var first = client.get(of(start) + "&limit=2").expect(200).json();
    var rest = client.get(of(next(first))).expect(200).json();
    var nothing = client.get(of(next(rest))).expect(200).json();
    paystack.has(secret, "NGN", 1_00);
    client.sync(wallet).expect(200);

    assertThat(first.get("has_more").asBoolean()).isTrue();
    assertThat(rest.get("has_more").asBoolean()).isFalse();
    assertThat(sequences(first)).containsExactly(1, 2);
    assertThat(sequences(rest)).containsExactly(3);
    assertThat(sequences(nothing)).isEmpty();
    assertThat(await(next(nothing), 1).getFirst().get("sequence").asInt()).isEqualTo(4);
  }

  @Test
  void onlyTheWantedTypesAreListed() {
    var start = latest();
    client.sync(wallet).expect(200);
    await(start, 1);

    var none = client.get(of(start) + "&type=reading.quarantined,reading.settled").expect(200);
    var some = client.get(of(start) + "&type=reading.quarantined,balance.changed").expect(200);

    assertThat(none.json().get("data")).isEmpty();
    assertThat(some.json().get("data")).hasSize(1);
  }

  @Test
  void saysWhatIsWrongWithARequest() {
    for (var bad :
        List.of(
            "after=",
            "after=never",
            "after=" + next(client.get(EVENTS + "?limit=1").json()) + "A",
            "type=balance.changed,",
            "type=everything",
            "wallet_id=mine",
            "limit=101",
            "cursor=latest")) {
      var answer = client.get(EVENTS + "?" + bad).expect(400);

      assertThat(answer.problem()).as(bad).isEqualTo("invalid-request");
      assertThat(answer.json().at("/errors/0/field").asString())
          .isEqualTo(bad.substring(0, bad.indexOf('=')));
    }
  }

  private String latest() {
    return next(client.get(EVENTS + "?after=latest").expect(200).json());
  }

  private String of(String cursor) {
    return EVENTS + "?wallet_id=" + wallet + "&after=" + cursor;
  }

  private static String next(JsonNode feed) {
    return feed.get("next_cursor").asString();
  }

  private static List<Integer> sequences(JsonNode feed) {
    return feed.get("data").valueStream().map(event -> event.get("sequence").asInt()).toList();
  }

  /** What other tests of this machine have open may hide for a moment what was just committed. */
  private List<JsonNode> await(String cursor, int events) {
    var found = new ArrayList<JsonNode>();
    Eventually.within(
        SOON,
        events + " events",
        () -> {
          found.clear();
          client.get(of(cursor)).expect(200).json().get("data").forEach(found::add);
          return found.size() >= events;
        });
    assertThat(found).hasSize(events);
    return found;
  }
}
