package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Wallets are synced by themselves, as their schedule says; two nodes share the work. */
class ScheduleOverHttpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static TestServer other;
  private static int number;

  private ApiClient client;
  private String secret;
  private String connection;
  private String wallet;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server = TestServer.start(database, paystack.url());
    other = TestServer.start(database, paystack.url());
  }

  @AfterAll
  static void stop() {
    server.close();
    other.close();
    paystack.close();
  }

  @BeforeEach
  void aWallet() {
    client = server.client();
    secret = "sk_test_schedule_number_" + number++;
    paystack.has(secret, "NGN", 1_700_000);
    connection = client.connect(secret);
    wallet = client.register(connection, "NGN");
  }

  @Test
  void aWalletIsSyncedByItselfWhenItIsDue() {
    makeDue();

    Eventually.within(PATIENCE, "a balance", () -> client.balance(wallet).status() == 200);

    assertThat(client.balance(wallet).text("source")).isEqualTo("schedule");
    Eventually.within(PATIENCE, "the next turn", () -> !read().get("next_sync_due_at").isNull());
    assertThat(Duration.between(Instant.now(), dueAt()))
        .isBetween(Duration.ofMinutes(3), Duration.ofMinutes(9));
    assertThat(paystack.calls(secret)).isEqualTo(1);
    assertThat(client.get("/api/v1/audit-entries?subject_id=" + wallet).expect(200).body())
        .contains("\"source\":\"schedule\"");
  }

  @Test
  void theScheduleIsInheritedSetAndTakenAway() {
    assertThat(read().get("schedule").isNull()).isTrue();
    assertThat(read().get("schedule_in_force").toString())
        .isEqualTo("{\"interval\":\"PT5M\",\"slowest_interval\":null}");

    var ofConnection = change("/connections/" + connection, "{\"interval\":\"PT1M\"}").expect(200);
    assertThat(ofConnection.json().at("/schedule/interval").asString()).isEqualTo("PT1M");
    assertThat(read().at("/schedule_in_force/interval").asString()).isEqualTo("PT1M");
    assertThat(dueAt()).isBefore(Instant.now().plusSeconds(70));

    var own =
        change("/wallets/" + wallet, "{\"interval\":\"PT30S\",\"slowest_interval\":\"PT1H\"}")
            .expect(200)
            .json();
    assertThat(own.get("schedule").toString())
        .isEqualTo("{\"interval\":\"PT30S\",\"slowest_interval\":\"PT1H\"}");
    assertThat(own.get("schedule_in_force")).isEqualTo(own.get("schedule"));
    assertThat(client.get("/api/v1/wallets?connection_id=" + connection).expect(200).body())
        .contains("\"slowest_interval\":\"PT1H\"");
    assertThat(client.get("/api/v1/audit-entries?subject_id=" + wallet).expect(200).body())
        .contains("\"schedule\":\"PT30S/PT1H\"");

    // other changes leave it alone
    client.patch("/api/v1/wallets/" + wallet, "{\"metadata\":{\"a\":\"b\"}}").expect(200);
    assertThat(read().at("/schedule/interval").asString()).isEqualTo("PT30S");
    assertThat(change("/wallets/" + wallet, "null").expect(200).json().get("schedule").isNull())
        .isTrue();
    assertThat(read().at("/schedule_in_force/interval").asString()).isEqualTo("PT1M");
  }

  @Test
  void aWalletIsRegisteredWithASchedule() {
    var registered =
        client
            .post(
                "/api/v1/wallets",
                """
                {"connection_id":"%s","currency":"GHS","schedule":{"interval":"PT10S"}}
                """
                    .formatted(connection))
            .expect(201)
            .json();

    assertThat(registered.at("/schedule/interval").asString()).isEqualTo("PT10S");
    assertThat(Instant.parse(registered.get("next_sync_due_at").asString()))
        .isBefore(Instant.now().plusSeconds(12));
  }

  @Test
  void aScheduleThatIsNoneIsRefusedByName() {
    for (var wrong :
        Map.of(
                "{\"interval\":\"PT9S\"}", "schedule.interval",
                "{\"interval\":\"PT24H1S\"}", "schedule.interval",
                "{\"interval\":\"PT10.5S\"}", "schedule.interval",
                "{\"interval\":\"five minutes\"}", "schedule.interval",
                "{\"interval\":300}", "schedule.interval",
                "{}", "schedule.interval",
                "{\"interval\":\"PT5M\",\"slowest_interval\":\"PT4M\"}",
                    "schedule.slowest_interval",
                "{\"interval\":\"PT5M\",\"slowest_interval\":\"P2D\"}", "schedule.slowest_interval",
                "{\"interval\":\"PT5M\",\"fastest\":\"PT1M\"}", "schedule.fastest",
                "\"PT5M\"", "schedule")
            .entrySet()) {
      for (var target : new String[] {"/wallets/" + wallet, "/connections/" + connection}) {
        var refused = change(target, wrong.getKey()).expect(400);
        assertThat(refused.problem()).isEqualTo("invalid-request");
        assertThat(refused.body()).contains("\"field\":\"" + wrong.getValue() + "\"");
      }
    }
    assertThat(read().get("schedule").isNull()).isTrue();
  }

  @Test
  void aFailureIsShownAndMendedCredentialsAreTriedAtOnce() {
    paystack.replies(secret, _ -> new StubPaystack.Reply(401, "{\"status\":false}"));
    makeDue();
    Eventually.within(PATIENCE, "a failure", () -> read().get("consecutive_failures").asInt() > 0);
    assertThat(client.balance(wallet).status()).isEqualTo(404);

    var mended = secret + "_mended";
    paystack.has(mended, "NGN", 1_700_000);
    client
        .send(
            "PUT",
            "/api/v1/connections/" + connection + "/credentials",
            null,
            Map.of(),
            "{\"credentials\":{\"secret_key\":\"" + mended + "\"}}")
        .expect(200);

    Eventually.within(PATIENCE, "a balance", () -> client.balance(wallet).status() == 200);
    Eventually.within(
        PATIENCE, "no failure", () -> read().get("consecutive_failures").asInt() == 0);
  }

  @Test
  void aPausedWalletIsLeftAloneUntilItIsResumed() {
    client.patch("/api/v1/wallets/" + wallet, "{\"status\":\"paused\"}").expect(200);
    assertThat(read().get("next_sync_due_at").isNull()).isTrue();

    var resumed = client.patch("/api/v1/wallets/" + wallet, "{\"status\":\"active\"}").expect(200);

    assertThat(Instant.parse(resumed.text("next_sync_due_at")))
        .isBetween(Instant.now().plusSeconds(290), Instant.now().plusSeconds(310));
    var closed = client.delete("/api/v1/wallets/" + wallet).expect(200);
    assertThat(closed.json().get("next_sync_due_at").isNull()).isTrue();
  }

  /** In a database of its own, so that no other node helps; it would have looked five times. */
  @Test
  void aNodeWithoutTheScheduleLeasesNothing() {
    var alone = TestDatabase.create();
    var off = Map.of("WALLETSYNC_SCHEDULE_ENABLED", "false");
    try (var idle = TestServer.start(alone, paystack.url(), off)) {
      var asking = idle.client();
      var idleWallet = asking.register(asking.connect(secret), "NGN");
      alone.look().sql("update wallet_schedule set due_at = clock_timestamp()").update();
      Eventually.within(
          PATIENCE,
          "a wallet that is left alone",
          () ->
              alone
                  .look()
                  .sql(
                      """
                      select lease_token is null
                             and due_at < clock_timestamp() - interval '1300 milliseconds'
                        from wallet_schedule
                      """)
                  .query(Boolean.class)
                  .single());
      asking.sync(idleWallet).expect(200);
      assertThat(asking.balance(idleWallet).text("source")).isEqualTo("api");
    }
  }

  private void makeDue() {
    database
        .look()
        .sql("update wallet_schedule set due_at = clock_timestamp() where wallet_id = ?::uuid")
        .param(wallet)
        .update();
  }

  private JsonNode read() {
    return client.get("/api/v1/wallets/" + wallet).expect(200).json();
  }

  private Instant dueAt() {
    return Instant.parse(read().get("next_sync_due_at").asString());
  }

  private Answer change(String target, String schedule) {
    return client.patch("/api/v1" + target, "{\"schedule\":" + schedule + "}");
  }
}
