package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main job as a user sees it: register, sync, read back. */
class SyncOverHttpTest {
  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static int number;

  private ApiClient client;
  private String secretKey;
  private String connection;
  private String wallet;

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

  @BeforeEach
  void aWallet() {
    client = server.client();
    secretKey = "sk_test_store_number_" + number++;
    paystack.has(secretKey, "NGN", 1_700_000);
    connection = client.connect(secretKey);
    wallet = client.register(connection, "NGN");
  }

  @Test
  void firstSyncMakesTheFirstSnapshot() {
    var answer = client.sync(wallet).expect(200);

    assertThat(answer.text("outcome")).isEqualTo("created");
    assertThat(answer.text("balance")).isEqualTo("17000.00");
    assertThat(answer.text("currency")).isEqualTo("NGN");
    assertThat(answer.text("provider")).isEqualTo("paystack");
    assertThat(answer.text("source")).isEqualTo("api");
    assertThat(answer.json().get("sequence").asInt()).isEqualTo(1);
    assertThat(answer.json().get("ledger_balance").isNull()).isTrue();
    assertThat(answer.json().get("locked_balance").isNull()).isTrue();
    assertThat(answer.json().get("external_balance_id").isNull()).isTrue();
    assertThat(answer.json().has("age_seconds")).isFalse();
  }

  @Test
  void theNewestLedgerRowNamesAndDatesTheBalanceItAgreesWith() {
    paystack.has(secretKey, "NGN", 2_078_224_968);
    paystack.ledger(secretKey, "NGN", 2_078_224_968, 149_411_613, "2021-04-08T09:39:49.000Z");

    var answer = client.sync(wallet).expect(200);

    assertThat(answer.text("balance")).isEqualTo("20782249.68");
    assertThat(answer.text("external_balance_id")).isEqualTo("149411613");
    assertThat(answer.text("as_of")).isEqualTo("2021-04-08T09:39:49Z");
  }

  @Test
  void anUnchangedBalanceMakesNoSnapshotButMovesTheConfirmation() {
    var first = client.sync(wallet).expect(200);
    var second = client.sync(wallet).expect(200);

    assertThat(second.text("outcome")).isEqualTo("unchanged");
    assertThat(second.text("snapshot_id")).isEqualTo(first.text("snapshot_id"));
    assertThat(Instant.parse(second.text("confirmed_at")))
        .isAfter(Instant.parse(first.text("confirmed_at")));
    assertThat(snapshots()).isEqualTo(1);
  }

  @Test
  void thereAndBackAgainMakesThreeSnapshots() {
    client.sync(wallet).expect(200);
    paystack.has(secretKey, "NGN", 5);
    assertThat(client.sync(wallet).text("balance")).isEqualTo("0.05");
    paystack.has(secretKey, "NGN", 1_700_000);
    var third = client.sync(wallet);

    assertThat(third.text("outcome")).isEqualTo("created");
    assertThat(third.json().get("sequence").asInt()).isEqualTo(3);
    assertThat(snapshots()).isEqualTo(3);
  }

  @Test
  void anOlderExternalIdMeansTheProviderIsBehind() {
    paystack.ledger(secretKey, "NGN", 1_700_000, 11, "2026-01-01T00:00:00.000Z");
    client.sync(wallet).expect(200);
    paystack.has(secretKey, "NGN", 9_900);
    paystack.ledger(secretKey, "NGN", 9_900, 12, "2026-01-02T00:00:00.000Z");
    var current = client.sync(wallet).expect(200);
    paystack.has(secretKey, "NGN", 1_700_000);
    paystack.ledger(secretKey, "NGN", 1_700_000, 11, "2026-01-01T00:00:00.000Z");

    var behind = client.sync(wallet).expect(200);

    assertThat(behind.text("outcome")).isEqualTo("duplicate");
    assertThat(behind.text("snapshot_id")).isEqualTo(current.text("snapshot_id"));
    assertThat(behind.text("balance")).isEqualTo("99.00");
    assertThat(behind.text("confirmed_at")).isEqualTo(current.text("confirmed_at"));
  }

  @Test
  void aKnownExternalIdWithAnotherAmountIsARealChange() {
    paystack.ledger(secretKey, "NGN", 1_700_000, 77, "2026-01-01T00:00:00.000Z");
    client.sync(wallet).expect(200);
    paystack.has(secretKey, "NGN", 3);
    paystack.ledger(secretKey, "NGN", 3, 77, "2026-01-01T00:00:00.000Z");

    var changed = client.sync(wallet).expect(200);

    assertThat(changed.text("outcome")).isEqualTo("created");
    assertThat(changed.text("balance")).isEqualTo("0.03");
    assertThat(changed.json().get("external_balance_id").isNull()).isTrue();
    var scraped = client.get("/actuator/prometheus").body();
    assertThat(scraped).containsPattern("walletsync_external_id_conflicts_total [1-9]");
  }

  @Test
  void aProviderClockBehindOursLeavesAsOfGrowing() {
    paystack.ledger(secretKey, "NGN", 1_700_000, 21, "2026-01-02T00:00:00.000Z");
    var first = client.sync(wallet).expect(200);
    paystack.has(secretKey, "NGN", 8);
    paystack.ledger(secretKey, "NGN", 8, 22, "2026-01-01T00:00:00.000Z");
    var second = client.sync(wallet).expect(200);

    assertThat(second.text("outcome")).isEqualTo("created");
    assertThat(second.text("as_of")).isEqualTo(second.text("observed_at"));
    assertThat(Instant.parse(second.text("as_of"))).isAfter(Instant.parse(first.text("as_of")));
  }

  @Test
  void aProviderTimeInTheFutureIsNotBelieved() {
    var tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
    paystack.ledger(secretKey, "NGN", 1_700_000, 31, tomorrow.toString());

    var answer = client.sync(wallet).expect(200);

    assertThat(answer.text("as_of")).isEqualTo(answer.text("observed_at"));
  }

  @Test
  void theSameKeyGetsTheSameBytesAndNoSecondCall() {
    var key = ApiClient.randomKey();
    var first = client.sync(wallet, key).expect(200);
    paystack.has(secretKey, "NGN", 1);
    var calls = paystack.calls(secretKey);
    var again = client.sync(wallet, key).expect(200);

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(paystack.calls(secretKey)).isEqualTo(calls);
  }

  @Test
  void theKeyMayComeBareOrAsAnAlias() {
    var key = ApiClient.randomKey();
    var path = "/api/v1/wallets/" + wallet + "/sync-balance";
    var first = client.sync(wallet, key).expect(200);

    assertThat(client.post(path, "{\"idempotency_key\":\"" + key + "\"}").body())
        .isEqualTo(first.body());
    assertThat(client.post(path + "?idempotency_key=" + key, "{}").body()).isEqualTo(first.body());
  }

  @Test
  void twoDifferentKeysInOneRequestAreRefused() {
    var path = "/api/v1/wallets/" + wallet + "/sync-balance";
    var answer = client.post(path + "?idempotency_key=a", "{\"idempotency_key\":\"b\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(paystack.calls(secretKey)).isZero();
  }

  @Test
  void aKeyUsedForAnotherWalletOrUserIsRefused() {
    var key = ApiClient.randomKey();
    client.sync(wallet, key).expect(200);
    var other = client.register(connection, "GHS");

    assertThat(client.sync(other, key).expect(422).problem()).isEqualTo("idempotency-key-reused");
    var asUser =
        client.post(
            "/api/v1/wallets/" + wallet + "/sync-balance",
            "{\"idempotency_key\":\"" + key + "\",\"user_id\":\"ada\"}");
    assertThat(asUser.expect(422).problem()).isEqualTo("idempotency-key-reused");
  }

  @Test
  void aFailedSyncFreesItsKey() {
    var key = ApiClient.randomKey();
    paystack.replies(secretKey, _ -> new StubPaystack.Reply(500, "oops"));
    assertThat(client.sync(wallet, key).expect(502).text("reason")).isEqualTo("unavailable");
    paystack.has(secretKey, "NGN", 42);

    assertThat(client.sync(wallet, key).expect(200).text("balance")).isEqualTo("0.42");
    assertThat(snapshots()).isEqualTo(1);
  }

  @Test
  void aMissingCurrencyIsAProblemAndNeverZero() {
    paystack.has(secretKey, "GHS", 100);

    var answer = client.sync(wallet).expect(422);

    assertThat(answer.problem()).isEqualTo("currency-not-offered");
    assertThat(answer.text("reason")).isEqualTo("currency_missing");
    assertThat(client.balance(wallet).expect(404).problem()).isEqualTo("no-snapshot-yet");
  }

  @Test
  void theBalanceIsReadWithItsAge() {
    client.sync(wallet).expect(200);

    var balance = client.balance(wallet).expect(200);

    assertThat(balance.text("balance")).isEqualTo("17000.00");
    assertThat(balance.json().get("age_seconds").asLong()).isBetween(0L, 60L);
    assertThat(balance.json().has("outcome")).isFalse();
  }

  @Test
  void anUnchangedBalanceIsNotSentAgain() {
    client.sync(wallet).expect(200);
    var path = "/api/v1/wallets/" + wallet + "/balance";
    var tag = client.get(path).expect(200).header("ETag");

    var unchanged = client.get(path, Map.of("If-None-Match", tag));
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.header("ETag")).isEqualTo(tag).startsWith("W/\"");
    client.sync(wallet).expect(200);
    assertThat(client.get(path, Map.of("If-None-Match", tag)).status()).isEqualTo(200);
  }

  @Test
  void aBalanceOlderThanAllowedIsRefusedEvenIfTheCallerHasIt() {
    client.sync(wallet).expect(200);
    var path = "/api/v1/wallets/" + wallet + "/balance";
    var tag = client.get(path).header("ETag");

    var tooOld = client.get(path + "?max_age=PT0S", Map.of("If-None-Match", tag));

    assertThat(tooOld.expect(409).problem()).isEqualTo("balance-too-old");
    client.get(path + "?max_age=PT1H").expect(200);
    assertThat(client.get(path + "?max_age=1h").expect(400).problem()).isEqualTo("invalid-request");
  }

  @Test
  void aClosedWalletIsNotSyncedAndKeepsItsBalance() {
    client.sync(wallet).expect(200);
    client.delete("/api/v1/wallets/" + wallet).expect(200);

    assertThat(client.sync(wallet).expect(409).problem()).isEqualTo("wallet-closed");
    assertThat(client.balance(wallet).expect(200).text("balance")).isEqualTo("17000.00");
    var reopened =
        client.post(
            "/api/v1/wallets", "{\"connection_id\":\"" + connection + "\",\"currency\":\"ngn\"}");
    assertThat(reopened.expect(200).text("wallet_id")).isEqualTo(wallet);
    assertThat(client.sync(wallet).expect(200).json().get("sequence").asInt()).isEqualTo(1);
  }

  @Test
  void aPausedWalletIsSyncedOnDemand() {
    client.patch("/api/v1/wallets/" + wallet, "{\"status\":\"paused\"}").expect(200);

    assertThat(client.sync(wallet).expect(200).text("outcome")).isEqualTo("created");
  }

  @Test
  void whoAskedReachesTheAuditTrail() {
    var key = ApiClient.randomKey();
    client.send(
        "POST",
        "/api/v1/wallets/" + wallet + "/sync-balance",
        key,
        Map.of(),
        "{\"user_id\":\"ada@example.com\"}");
    var entries =
        client.get("/api/v1/audit-entries?action=sync_balance&subject_id=" + wallet).expect(200);

    var entry = entries.json().get("data").get(0);
    assertThat(entry.get("resource").asString()).isEqualTo("wallet_balance_snapshot");
    assertThat(entry.get("actor_name").asString()).isEqualTo(TestServer.KEY_ID);
    var details = entry.get("details");
    assertThat(details.get("wallet_id").asString()).isEqualTo(wallet);
    assertThat(details.get("provider").asString()).isEqualTo("paystack");
    assertThat(details.get("balance").asString()).isEqualTo("17000.00");
    assertThat(details.get("currency").asString()).isEqualTo("NGN");
    assertThat(details.get("external_balance_id").isNull()).isTrue();
    assertThat(details.get("idempotency_key").asString()).isEqualTo(key);
    assertThat(details.get("user_id").asString()).isEqualTo("ada@example.com");
  }

  @Test
  void everyAttemptLeavesATraceUnchangedReplayedAndFailedOnesToo() {
    var key = ApiClient.randomKey();
    client.sync(wallet, key).expect(200);
    client.sync(wallet, key).expect(200);
    client.sync(wallet).expect(200);
    paystack.replies(secretKey, _ -> new StubPaystack.Reply(401, "{\"status\":false}"));
    client.sync(wallet).expect(502);

    var outcomes =
        client.get("/api/v1/audit-entries?subject_id=" + wallet).json().get("data").valueStream();
    assertThat(outcomes.map(entry -> entry.get("outcome").asString()))
        .containsExactly("failed", "unchanged", "replayed", "created", "created");
  }

  private int snapshots() {
    return database
        .look()
        .sql("select count(*) from wallet_balance_snapshot where wallet_id = ?::uuid")
        .param(wallet)
        .query(Integer.class)
        .single();
  }
}
